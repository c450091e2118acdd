using System.Data.Common;
using System.Globalization;
using Feedback.Domain.Platform;
using Feedback.Grains.Platform;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Platform;

/// <summary>Reads what was reported.</summary>
internal sealed class PlatformReads(JournalDatabase database) : IPlatformStore
{
    // A stream without events has no head, and is behind nobody.
    private const string Behind = """
        from (
            select s.name as stream, r.version as reported,
                (select j.version + j.count - 1 from journal j where j.stream = s.id order by j.version desc limit 1) as head
            from streams s left join reported r on r.stream = s.name
            where s.name > @after and s.name >= @from and s.name < @to) b
        where b.head > coalesce(b.reported, 0)
        """;

    private const string Rejects = "select id, kind, stream, version, day, reason, at, batch, known, again from reported_rejects";

    /// <inheritdoc/>
    public async Task<PlatformBatch?> UnderWayAsync(CancellationToken cancellation = default) => (await database.QueryAsync(
        "select id, parts, begun from reported_batches where ended is null and one = 1",
        row => PlatformBatch.Read(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellation).ConfigureAwait(false)).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<EndedBatch?> LastAsync(CancellationToken cancellation = default) => (await database.QueryAsync(
        "select id, ended, items, rejected from reported_batches where ended is not null and items > 0 order by ended desc limit 1",
        row => new EndedBatch(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)), cancellation).ConfigureAwait(false)).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StreamBehind>> BehindAsync(string prefix, string after, int limit, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"select b.stream, b.reported, b.head {Behind} order by b.stream limit @limit",
            row => new StreamBehind(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2)),
            cancellation, ("after", after), ("from", prefix), ("to", EndOf(prefix)), ("limit", limit)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<WaitingEvents> WaitingAsync(string prefix, CancellationToken cancellation = default) => (await database.QueryAsync(
        $"select count(*), cast(coalesce(sum(b.head - coalesce(b.reported, 0)), 0) as bigint) {Behind}",
        row => new WaitingEvents(row.GetInt64(0), row.GetInt64(1)), cancellation, ("after", ""), ("from", prefix), ("to", EndOf(prefix))).ConfigureAwait(false)).Single();

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, RejectedItem>> RejectedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation = default) =>
        ids.Count == 0 ? new Dictionary<string, RejectedItem>() : (await database.QueryAsync(
            $"{Rejects} where id in (select wanted.item from {database.Source.TableOfTexts("@ids")} wanted)",
            Item, cancellation, ("ids", database.Source.ValueOfTexts(ids.Distinct()))).ConfigureAwait(false)).ToDictionary(item => item.Id);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RejectedItem>> ListRejectedAsync(bool again, int limit, CancellationToken cancellation = default) =>
        await database.QueryAsync($"{Rejects}{(again ? " where again = @again" : "")} order by at desc, id limit @limit", Item, cancellation,
            again ? [("again", true), ("limit", limit)] : [("limit", limit)]).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<long> CountRejectedAsync(CancellationToken cancellation = default) =>
        (await database.QueryAsync("select count(*) from reported_rejects", row => row.GetInt64(0), cancellation).ConfigureAwait(false)).Single();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportedDay>> DaysAsync(DateOnly from, CancellationToken cancellation = default) => await database.QueryAsync(
        "select day, kind, reported, theirs, compared, ours from reported_days where day >= @from order by day, kind",
        row => new ReportedDay(DayOf(row.GetString(0)), KindOf(row.GetString(1)), row.GetInt64(2), Maybe(row, 3), Maybe(row, 4), Maybe(row, 5)),
        cancellation, ("from", Text(from))).ConfigureAwait(false);

    /// <summary>A local day as the tables keep it.</summary>
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The colon that ends a prefix is followed by the semicolon: all names that begin with the prefix come before that.
    private static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    private static RejectedItem Item(DbDataReader row) => new(
        row.GetString(0), KindOf(row.GetString(1)), row.GetString(2), row.GetInt64(3), DayOf(row.GetString(4)), row.GetString(5), row.GetInt64(6), row.GetString(7),
        row.GetBoolean(8), row.GetBoolean(9));

    private static long? Maybe(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PlatformKind KindOf(string word) => PlatformKinds.Of(word) ?? throw new InvalidOperationException($"'{word}' is no kind of what is reported.");
}
