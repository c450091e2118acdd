using System.Data.Common;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Journal;

/// <summary>Reads streams. Every query here is a few probes of the index on (stream, version), however long the stream.</summary>
internal sealed class JournalReads(JournalDatabase database)
{
    private const string Columns = "j.version, j.count, j.at, j.events, j.digest";
    private const string OfStream = "from journal j where j.stream = (select id from streams where name = @stream)";

    /// <summary>The end of one stream, 0 without events; a correlated query over s.id.</summary>
    private const string Head = "coalesce((select j.version + j.count - 1 from journal j where j.stream = s.id order by j.version desc limit 1), 0)";

    public async Task<IReadOnlyList<JournalRow>> ReadAsync(StreamName stream, long after, int limit, CancellationToken cancellation) =>
        // The first row wanted is the one that holds version after + 1, wherever in it that lies.
        await database.QueryAsync(
            $"""
            select {Columns} {OfStream}
              and j.version >= coalesce((
                select max(p.version) from journal p
                where p.stream = (select id from streams where name = @stream) and p.version <= @after + 1), 1)
              and j.version + j.count - 1 > @after
            order by j.version limit @limit
            """,
            Row, cancellation, ("stream", stream.Value), ("after", after), ("limit", limit)).ConfigureAwait(false);

    public async Task<IReadOnlyList<JournalRow>> ReadSpanAsync(StreamName stream, long from, long to, CancellationToken cancellation) =>
        await database.QueryAsync(
            $"""
            with recursive s as (select id from streams where name = @stream),
            {Bisection("first", "< @from")},
            {Bisection("past", "<= @to")}
            select {Columns} {OfStream}
              and j.version >= (select low from first where low = high) and j.version < (select low from past where low = high)
            order by j.version
            """,
            Row, cancellation, ("stream", stream.Value), ("from", from), ("to", to)).ConfigureAwait(false);

    public async Task<(JournalRow Row, Digest Before)?> FindAsync(StreamName stream, long version, CancellationToken cancellation)
    {
        // The row that holds the version, or the last one, and the row before it.
        var rows = await database.QueryAsync(
            $"select {Columns} {OfStream} and j.version <= @version order by j.version desc limit 2",
            Row, cancellation, ("stream", stream.Value), ("version", version)).ConfigureAwait(false);
        return rows is [var row, ..] && row.LastVersion >= version
            ? (row, rows.Count > 1 ? rows[1].Digest : Digest.Before(stream))
            : null;
    }

    public async Task<IReadOnlyDictionary<StreamName, long>> HeadsAsync(IReadOnlyCollection<StreamName> streams, CancellationToken cancellation)
    {
        var heads = streams.Distinct().ToDictionary(stream => stream, _ => 0L);
        var found = await database.QueryAsync(
            $"select s.name, {Head} from {database.Source.TableOfTexts("@streams")} wanted cross join streams s where s.name = wanted.item",
            row => (new StreamName(row.GetString(0)), row.GetInt64(1)),
            cancellation, ("streams", database.Source.ValueOfTexts(heads.Keys.Select(stream => stream.Value)))).ConfigureAwait(false);
        foreach (var (stream, head) in found)
            heads[stream] = head;
        return heads;
    }

    public async Task<IReadOnlyList<StreamName>> StreamsAsync(CancellationToken cancellation) =>
        // A name alone is no stream: on PostgreSQL it is given before the first event, and that one may never have come.
        await database.QueryAsync("select s.name from streams s where exists (select 1 from journal j where j.stream = s.id) order by s.id", row => new StreamName(row.GetString(0)), cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<(StreamName Stream, StreamTail Tail)>> TailsAsync(CancellationToken cancellation) =>
        await database.QueryAsync(
            """
            select s.name, j.version + j.count - 1, j.digest, j.at from streams s cross join journal j
            where j.stream = s.id and j.version = (select max(p.version) from journal p where p.stream = s.id) order by s.id
            """,
            row => (new StreamName(row.GetString(0)), new StreamTail(row.GetInt64(1), Digest.FromBytes(row.Bytes(2)), row.GetInt64(3))),
            cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<RowShape>> ShapesAsync(StreamName stream, long after, long through, CancellationToken cancellation) =>
        await database.QueryAsync(
            $"select j.version, j.count, j.at {OfStream} and j.version > @after and j.version <= @through order by j.version",
            row => new RowShape(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2)),
            cancellation, ("stream", stream.Value), ("after", after), ("through", through)).ConfigureAwait(false);

    public async Task<string> GenerationAsync(CancellationToken cancellation) =>
        (await database.QueryAsync("select value from meta where name = 'generation'", row => row.GetString(0), cancellation).ConfigureAwait(false)).Single();

    public async Task<IReadOnlyDictionary<Opaque, long>> FindLateAsync(
        StreamName stream, IReadOnlyCollection<Opaque> identities, CancellationToken cancellation) =>
        (await database.QueryAsync(
            $"""
            select l.identity, l.version from {database.Source.TableOfBytes("@identities")} wanted
            cross join late_ids l where l.stream = (select id from streams where name = @stream) and l.identity = wanted.item
            """,
            row => (row.Opaque(0), row.GetInt64(1)),
            cancellation,
            ("stream", stream.Value),
            ("identities", database.Source.ValueOfBytes(identities.Distinct().Select(identity => identity.ToBytes())))).ConfigureAwait(false)).ToDictionary();

    // The smallest version whose time is no longer "early", by halving [1, head + 1]: low ≤ wanted ≤ high holds throughout,
    // and the row with low = high is the answer (head + 1 when all are early). Needs s, and that times never decrease.
    private static string Bisection(string name, string early)
    {
        const string Middle = "((b.low + b.high) / 2)";
        const string TimeOfMiddle = $"(select j.at from journal j, s where j.stream = s.id and j.version <= {Middle} order by j.version desc limit 1)";
        return $"""
            {name}(low, high) as (
              select cast(1 as bigint), {Head} + 1 from s
              union all
              select case when {TimeOfMiddle} {early} then {Middle} + 1 else b.low end,
                     case when {TimeOfMiddle} {early} then b.high else {Middle} end
              from {name} b where b.low < b.high)
            """;
    }

    private static JournalRow Row(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.Bytes(3), Digest.FromBytes(row.Bytes(4)));
}
