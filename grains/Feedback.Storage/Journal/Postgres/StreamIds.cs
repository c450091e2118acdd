using System.Collections.Concurrent;
using Feedback.Domain.Journal;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The ids of streams written to lately. Ids are given by the database; a gap in them means nothing.</summary>
/// <param name="held">When more are held, all are forgotten; what is forgotten is asked for again.</param>
internal sealed class StreamIds(int held = 200_000)
{
    private volatile ConcurrentDictionary<StreamName, int> _ids = new();

    /// <summary>
    /// Forgets all, as whenever a connection is made: it may lead to a standby that took over without the last of them, and gives them to
    /// other streams. Transactions in flight still read what they learnt.
    /// </summary>
    public void Forget() => _ids = new();

    /// <summary>Makes sure of the ids of streams, and gives one to those that have none, in a transaction of its own.</summary>
    /// <returns>The ids of these streams at least. They stay there for whoever asked, also when they are forgotten here meanwhile.</returns>
    public async ValueTask<IReadOnlyDictionary<StreamName, int>> LearnAsync(NpgsqlConnection connection, IEnumerable<StreamName> streams)
    {
        var ids = _ids;
        var unknown = streams.Where(stream => !ids.ContainsKey(stream)).Distinct().ToList();
        if (unknown.Count == 0)
            return ids;
        if (ids.Count > held)
        {
            // Others in place of these, which are not emptied: transactions in flight still read them.
            _ids = ids = new();
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
            ids[new StreamName(reader.GetString(0))] = reader.GetInt32(1);
        return ids;
    }
}
