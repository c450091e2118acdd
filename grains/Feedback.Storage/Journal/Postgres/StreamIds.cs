using System.Collections.Concurrent;
using Feedback.Domain.Journal;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The ids of streams written to lately. Ids are given by the database; a gap in them means nothing.</summary>
internal sealed class StreamIds
{
    /// <summary>More are not held at once; what is forgotten is asked for again.</summary>
    private const int Held = 200_000;

    private readonly ConcurrentDictionary<StreamName, int> _ids = new();

    /// <summary>The id of a stream that <see cref="LearnAsync"/> was asked for.</summary>
    public int this[StreamName stream] => _ids[stream];

    /// <summary>Makes sure of the ids of streams, and gives one to those that have none, in a transaction of its own.</summary>
    public async ValueTask LearnAsync(NpgsqlConnection connection, IEnumerable<StreamName> streams)
    {
        var unknown = streams.Where(stream => !_ids.ContainsKey(stream)).Distinct().ToList();
        if (unknown.Count == 0)
            return;
        if (_ids.Count > Held)
        {
            // Those of other transactions in flight go too: they have been read already when their rows are sent.
            _ids.Clear();
            unknown = [.. streams.Distinct()];
        }

        // In one order for all silos, so that two which begin the same streams wait for each other and not in a circle.
        // Whoever waited for another's row finds it with the second statement, which has a newer view.
        var names = unknown.Select(stream => stream.Value).Order(StringComparer.Ordinal).ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("insert into streams (name) select item from unnest($1) as item on conflict do nothing")
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = names } },
                },
                new NpgsqlBatchCommand("select name, id from streams where name = any($1)")
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = names } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            _ids[new StreamName(reader.GetString(0))] = reader.GetInt32(1);
    }
}
