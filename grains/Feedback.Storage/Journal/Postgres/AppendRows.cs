using Feedback.Grains.Journal;
using NpgsqlTypes;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The appends of a transaction.</summary>
/// <remarks>
/// The fence is the unique (stream, version) together with the probe for the stream's end. The probe sees some state of
/// the stream that ends at h and lets only h + 1 pass. Had the stream grown since, its first row after h would also start
/// at h + 1, because it passed the same probe: so the insert collides and does nothing. Neither gaps nor overlaps can
/// be stored, and no further row per stream has to be kept, locked and rewritten with every append.
/// </remarks>
internal sealed class AppendRows
{
    private readonly List<int> _streams, _counts;
    private readonly List<long> _versions, _times;
    private readonly List<ReadOnlyMemory<byte>> _events;
    private readonly List<byte[]> _digests;

    public AppendRows()
    {
        _streams = Rows.Column<int>(NpgsqlDbType.Integer);
        _versions = Rows.Column<long>(NpgsqlDbType.Bigint);
        _counts = Rows.Column<int>(NpgsqlDbType.Integer);
        _times = Rows.Column<long>(NpgsqlDbType.Bigint);
        _events = Rows.Column<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);
        _digests = Rows.Column<byte[]>(NpgsqlDbType.Bytea);
    }

    /// <summary>Inserts the rows that continue their streams, and returns those streams.</summary>
    public RowCommand Rows { get; } = new("""
        insert into journal (stream, version, count, at, events, digest)
        select u.stream, u.version, u.count, u.at, u.events, u.digest
        from unnest($1, $2, $3, $4, $5, $6) as u (stream, version, count, at, events, digest)
        where u.version = 1 + coalesce(
            (select j.version + j.count - 1 from journal j where j.stream = u.stream order by j.version desc limit 1), 0)
        on conflict do nothing
        returning stream
        """);

    /// <summary>Adds an append. Streams are added in ascending order, each once.</summary>
    public void Add(int stream, Append append)
    {
        _streams.Add(stream);
        _versions.Add(append.Row.Version);
        _counts.Add(append.Row.Count);
        _times.Add(append.Row.At);
        _events.Add(append.Row.Events);
        _digests.Add(append.Row.Digest.ToBytes());
    }
}
