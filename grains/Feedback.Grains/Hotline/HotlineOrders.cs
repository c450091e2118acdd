using System.Collections.Concurrent;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Hotline;

/// <summary>Reads what we ourselves know of the city's orders, order by order from the journal: the one computation behind every comparison with the city.</summary>
public sealed class HotlineOrders(ICaseStore cases, IJournal journal)
{
    private const int RowsAtOnce = 500;

    // As many streams are read at once as a database can bear beside its work.
    private const int AtOnce = 8;

    // No zone is further from UTC.
    private static readonly long MostOff = (long)TimeSpan.FromHours(14).TotalMilliseconds;

    /// <summary>The orders that were received on the local days in [from, to), by the city's number.</summary>
    /// <param name="nodes">The nodes that they concern, which the answer may be wider than: see <paramref name="isAsked"/>; null for all.</param>
    /// <param name="from">The first local day; the least day there is for no bound.</param>
    /// <param name="to">The local day after the last; the last day there is for no bound.</param>
    /// <param name="isAsked">Which rows are asked for; null for all.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<IReadOnlyDictionary<string, OrderResults>> ReadAsync(
        IReadOnlyCollection<NodeId>? nodes, DateOnly from, DateOnly to, Func<CaseRow, bool>? isAsked = null, CancellationToken cancellation = default)
    {
        var filter = new CaseFilter
        {
            Nodes = nodes,
            Kinds = [CaseKind.HotlineOrder],
            OpenedFrom = from == DateOnly.MinValue ? null : Start(from) - MostOff,
            OpenedBefore = to == DateOnly.MaxValue ? null : Start(to) + MostOff,
        };
        var (found, after) = (new ConcurrentDictionary<string, OrderResults>(StringComparer.Ordinal), (CaseCursor?)null);
        do
        {
            var page = await cases.ListAsync(filter, CaseOrder.OpenedDescending, after, CasePage.Most, cancellation);
            var asked = page.Cases.Where(row => row.External is not null && row.Day >= from && row.Day < to && isAsked?.Invoke(row) is not false);
            await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (row, stop) =>
                found[row.External!.Value.Number] = OrderResults.Of(await ReadAsync(row.Id, stop)));
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    private async Task<CaseState> ReadAsync(CaseId id, CancellationToken cancellation)
    {
        var state = new CaseState(id);
        while (await journal.ReadAsync(StreamName.Case(id), state.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
            state = rows.SelectMany(EventText.Read).Aggregate(state, (folded, one) => folded.Apply(one.Happened));
        return state;
    }

    private static long Start(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
