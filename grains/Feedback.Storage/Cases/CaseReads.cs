using System.Runtime.CompilerServices;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Cases;

/// <summary>Reads the tables of cases.</summary>
internal sealed class CaseReads(JournalDatabase database) : ICaseStore
{
    private const int RowsAtOnce = 1000;

    /// <inheritdoc/>
    public async Task<CaseRow?> FindAsync(CaseId id, CancellationToken cancellation = default) =>
        (await QueryAsync("where c.id = @id", cancellation, ("id", id.Value)).ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<CaseRow?> FindAsync(string number, CancellationToken cancellation = default) =>
        (await QueryAsync("where c.number = @number", cancellation, ("number", number)).ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<CaseRow?> FindAsync(string source, string number, CancellationToken cancellation = default) =>
        (await QueryAsync("where c.external_source = @source and c.external_number = @number", cancellation, ("source", source), ("number", number))
            .ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseRow>> OfRatingAsync(NodeId window, long version, CancellationToken cancellation = default) =>
        await QueryAsync("where c.rating_window = @window and c.rating_version = @version order by c.opened_at, c.id",
            cancellation, ("window", window.Value), ("version", version)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<CasePage> ListAsync(CaseFilter filter, CaseOrder order, CaseCursor? after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, CasePage.Most);
        var query = CaseQuery.Of(filter, database.Source);
        var key = order == CaseOrder.DueAscending ? CaseQuery.Deadline : "c.opened_at";
        var (direction, beyond) = order == CaseOrder.OpenedDescending ? ("desc", "<") : ("", ">");
        if (after is var (at, id))
            query.And($"({key}, c.id) {beyond} (@at, @id)", ("at", at), ("id", id.Value));
        // One more than asked for shows whether there is another page.
        var rows = await QueryAsync($"{query.Where} order by {key} {direction}, c.id {direction} limit @limit",
            cancellation, [.. query.Parameters, ("limit", limit + 1)]).ConfigureAwait(false);
        return rows.Count <= limit ? new CasePage(rows, null) : new CasePage(rows[..limit], CaseCursor.After(rows[limit - 1], order));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<CaseStage, long>> CountByStageAsync(CaseFilter filter, CancellationToken cancellation = default)
    {
        var query = CaseQuery.Of(filter, database.Source);
        return (await database.QueryAsync(
            $"select c.stage, count(*) from cases c {query.Where} group by c.stage",
            row => (CaseWords.StageOf(row.GetString(0)) ?? throw new InvalidDataException("A case stands at a stage that this release does not know."), row.GetInt64(1)),
            cancellation, [.. query.Parameters]).ConfigureAwait(false)).ToDictionary();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseFlow>> CaseCountsAsync(
        IReadOnlyCollection<NodeId> nodes, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"""
            select d.node, d.day, d.counts from {database.Source.TableOfTexts("@nodes")} wanted cross join case_days d
            where d.node = wanted.item and d.day >= @from and d.day < @to and d.counts <> '{"{}"}' order by d.node, d.day
            """,
            Flow, cancellation, ("nodes", database.Source.ValueOfTexts(nodes.Distinct().Select(node => node.Value))), ("from", from), ("to", to)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseLife>> LivesAsync(
        IReadOnlyCollection<NodeId> nodes, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"""
            select c.node, c.day, c.kind, c.category, c.opened_at, c.closed_at from {database.Source.TableOfTexts("@nodes")} wanted cross join cases c
            where c.node = wanted.item and c.day >= @from and c.day < @to and c.stage <> @merged order by c.opened_at, c.id
            """,
            row => new CaseLife(
                new NodeId(row.GetString(0)), row.GetFieldValue<DateOnly>(1),
                CaseWords.KindOf(row.GetString(2)) ?? throw new InvalidDataException("A case is of a kind that this release does not know."),
                row.IsDBNull(3) ? null : row.GetString(3), row.GetInt64(4), row.IsDBNull(5) ? null : row.GetInt64(5)),
            cancellation,
            ("nodes", database.Source.ValueOfTexts(nodes.Distinct().Select(node => node.Value))), ("from", from), ("to", to), ("merged", CaseStage.Merged.Word()))
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<CaseRow> AllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var after = ""; ;)
        {
            var rows = await QueryAsync("where c.id > @after order by c.id limit @limit", cancellation, ("after", after), ("limit", RowsAtOnce)).ConfigureAwait(false);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < RowsAtOnce)
                yield break;
            after = rows[^1].Id.Value;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CaseFlow> AllCountsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var (node, day) = ("", DateOnly.MinValue); ;)
        {
            var rows = await database.QueryAsync(
                "select node, day, counts from case_days where (node, day) > (@node, @day) order by node, day limit @limit",
                Flow, cancellation, ("node", node), ("day", day), ("limit", RowsAtOnce)).ConfigureAwait(false);
            foreach (var row in rows.Where(row => !row.Counts.IsEmpty))
                yield return row;
            if (rows.Count < RowsAtOnce)
                yield break;
            (node, day) = (rows[^1].Node.Value, rows[^1].Day);
        }
    }

    private static CaseFlow Flow(System.Data.Common.DbDataReader row) => new(new NodeId(row.GetString(0)), row.GetFieldValue<DateOnly>(1), CaseCounts.Read(row.GetString(2)));

    private Task<List<CaseRow>> QueryAsync(string rest, CancellationToken cancellation, params (string Name, object Value)[] parameters) =>
        database.QueryAsync($"select {CaseColumns.Selected} from cases c {rest}", CaseColumns.Read, cancellation, parameters);
}
