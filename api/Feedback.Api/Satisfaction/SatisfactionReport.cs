using System.Collections.Immutable;
using Feedback.Analytics.Periods;
using Feedback.Api.Access;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Tallies;

namespace Feedback.Api.Satisfaction;

/// <summary>A node as readers see it.</summary>
/// <param name="Id">The immutable id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Path">The path as it is written today, from the node of the reader's scope on.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public sealed record NodeLabel(string Id, string Kind, string Path, string Zh, string En)
{
    /// <summary>Labels a node for a reader.</summary>
    internal static NodeLabel Of(Node node, ReaderView view) =>
        new(node.Id.Value, node.Kind.Word(), view.PathOf(node), node.Name.Zh, node.Name.En);
}

/// <summary>A child's figures.</summary>
/// <param name="Node">The child.</param>
/// <param name="Slices">Its figures, slice by slice.</param>
public sealed record ChildSatisfaction(NodeLabel Node, IReadOnlyList<SliceFigures> Slices);

/// <summary>Satisfaction of a node in a period of its local days, from inclusive, to exclusive.</summary>
/// <param name="Node">The node.</param>
/// <param name="TimeZone">The zone of its local days.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="By">How the period is cut.</param>
/// <param name="Mark">Changes whenever a figure does.</param>
/// <param name="Slices">The figures, slice by slice; slices without an evaluation too.</param>
/// <param name="Children">The nodes directly below; null when not asked for.</param>
public sealed record SatisfactionReport(
    NodeLabel Node,
    string TimeZone,
    DateOnly From,
    DateOnly To,
    string By,
    string Mark,
    IReadOnlyList<SliceFigures> Slices,
    IReadOnlyList<ChildSatisfaction>? Children)
{
    /// <summary>Computes the report from days.</summary>
    internal static SatisfactionReport Of(Node node, ReaderView view, SatisfactionQuery query, NodeDays days) => new(
        NodeLabel.Of(node, view),
        node.Zone.Id,
        query.Period.From,
        query.Period.To,
        SatisfactionQuery.WordOf(query.Unit),
        days.Mark.ToString(),
        Slice(query, days.Days),
        query.Children ? ChildrenOf(view, query, days.Children) : null);

    private static List<ChildSatisfaction> ChildrenOf(
        ReaderView view, SatisfactionQuery query, ImmutableDictionary<NodeId, ImmutableArray<DayTally>> children) =>
    [
        .. children.Select(child => (Node: view.Tree.Find(child.Key), child.Value)).Where(child => child.Node is not null)
            .OrderBy(child => child.Node!.Id.Value.Length).ThenBy(child => child.Node!.Id)
            .Select(child => new ChildSatisfaction(NodeLabel.Of(child.Node!, view), Slice(query, child.Value))),
    ];

    private static List<SliceFigures> Slice(SatisfactionQuery query, ImmutableArray<DayTally> days)
    {
        var (from, to) = (query.Period.From, query.Period.To);
        if (query.Unit == PeriodUnit.Hour)
        {
            var all = NodeFigures.Sum(days);
            var hours = Enumerable.Range(0, 24).Append(Cell.UnknownHour);
            return [.. hours.Select(hour => SliceFigures.OfHour(hour, from, to, all))];
        }

        return
        [
            .. query.Period.Split(query.Unit).Select(slice => SliceFigures.Of(
                slice.Label, slice.Start, slice.End, NodeFigures.Sum(days.Where(day => day.Day >= slice.Start && day.Day < slice.End)))),
        ];
    }
}
