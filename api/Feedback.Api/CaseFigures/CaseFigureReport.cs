using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;

namespace Feedback.Api.CaseFigures;

/// <summary>A child's figures of cases.</summary>
/// <param name="Node">The child.</param>
/// <param name="Slices">Its figures, slice by slice.</param>
public sealed record ChildCaseFigures(NodeLabel Node, IReadOnlyList<CaseSlice> Slices);

/// <summary>Figures of cases of a node and everything below it in a period of local days, from inclusive, to exclusive.</summary>
/// <param name="Node">The node.</param>
/// <param name="TimeZone">The zone of its local days.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="By">How the period is cut.</param>
/// <param name="Slices">The figures, slice by slice; slices without a case too.</param>
/// <param name="Children">The nodes directly below; null when not asked for.</param>
public sealed record CaseFigureReport(
    NodeLabel Node, string TimeZone, DateOnly From, DateOnly To, string By, IReadOnlyList<CaseSlice> Slices, IReadOnlyList<ChildCaseFigures>? Children)
{
    /// <summary>Computes the report from counts.</summary>
    internal static CaseFigureReport Of(Node node, ReaderView view, SatisfactionQuery query, IReadOnlyList<CaseFlow> flows) => new(
        NodeLabel.Of(node, view), node.Zone.Id, query.Period.From, query.Period.To, SatisfactionQuery.WordOf(query.Unit),
        Slice(query, flows), query.Children ? ChildrenOf(node, view, query, flows) : null);

    // A child has what happened at or below it on days on which it was below the node.
    private static List<ChildCaseFigures> ChildrenOf(Node node, ReaderView view, SatisfactionQuery query, IReadOnlyList<CaseFlow> flows)
    {
        var today = view.TodayAt(node);
        var byChild = flows.Where(flow => flow.Node != node.Id)
            .GroupBy(flow => view.Tree.LineOn(flow.Node, flow.Day).TakeWhile(above => above.Id != node.Id).Last().Id)
            .ToDictionary(child => child.Key, child => child.ToList());
        return
        [
            .. view.Tree.ChildrenOn(node.Id, today).Select(child => child.Id).Union(byChild.Keys)
                .Select(view.Tree.Find).OfType<Node>().OrderBy(child => child.Id.Value.Length).ThenBy(child => child.Id)
                .Select(child => new ChildCaseFigures(NodeLabel.Of(child, view), Slice(query, byChild.GetValueOrDefault(child.Id, [])))),
        ];
    }

    private static List<CaseSlice> Slice(SatisfactionQuery query, IReadOnlyList<CaseFlow> flows) =>
    [
        .. query.Period.Split(query.Unit).Select(slice => CaseSlice.Of(
            slice.Label, slice.Start, slice.End, CaseFigureReader.Sum(flows.Where(flow => flow.Day >= slice.Start && flow.Day < slice.End)))),
    ];
}
