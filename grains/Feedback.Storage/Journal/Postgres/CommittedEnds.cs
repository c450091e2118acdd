using System.Collections.Concurrent;
using Feedback.Grains.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>
/// The last append of each lane that is on the primary for sure. A standby that takes over and lacks one of them lacks what was acknowledged,
/// and what grains hold in memory may never have happened there.
/// </summary>
/// <remarks>A standby has the log up to some point: where the last append is, all before it are. Of two that were in flight together either may be the last.</remarks>
internal sealed class CommittedEnds
{
    // A server that only reads may be behind, and nothing will be written to it anyway.
    private const string AreThere = """
        select pg_is_in_recovery() or not exists (
            select from unnest($1, $2, $3) as u (name, version, digest) where not exists (
                select from journal j join streams s on s.id = j.stream where s.name = u.name and j.version = u.version and j.digest = u.digest))
        """;

    private readonly ConcurrentDictionary<PostgresLane, (string Stream, long Version, byte[] Digest)> _ends = new();

    /// <summary>Notes what a lane has just committed.</summary>
    public void Note(PostgresLane lane, Append append) => _ends[lane] = (append.Stream.Value, append.Row.Version, append.Row.Digest.ToBytes());

    /// <summary>Looks whether the database that a new connection leads to holds all of them.</summary>
    /// <exception cref="GenerationChangedException">It does not.</exception>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        var ends = _ends.Values;
        if (ends.Count == 0)
            return;
        await using var look = new NpgsqlCommand(AreThere, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. ends.Select(end => end.Stream)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. ends.Select(end => end.Version)] },
                new NpgsqlParameter<byte[][]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, TypedValue = [.. ends.Select(end => end.Digest)] },
            },
        };
        if (await look.ExecuteScalarAsync().ConfigureAwait(false) is not true)
            throw new GenerationChangedException("The PostgreSQL primary lacks what this silo has stored: a standby without it took over, or it was restored. Restart this silo.");
    }
}
