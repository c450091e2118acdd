using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Api.Live;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;
using Feedback.Web.Periods;

namespace Feedback.Web.Nodes;

/// <summary>What the page of a node shows; its CSV holds the same.</summary>
/// <param name="Node">The node.</param>
/// <param name="Line">The nodes above it that the reader may see, from the top.</param>
/// <param name="Period">The period.</param>
/// <param name="Now">The figures of the period.</param>
/// <param name="Before">Those of the period before.</param>
/// <param name="Children">The nodes below, sorted.</param>
/// <param name="Sort">By what they are sorted.</param>
public sealed record NodeModel(
    Node Node, IReadOnlyList<Node> Line, ShownPeriod Period, PlaceFigures Now, PlaceFigures Before, IReadOnlyList<ChildRow> Children, ChildSort Sort)
{
    /// <summary>How the rate moved against the period before; null when either is undefined.</summary>
    public RateDifference? Change => RateDifference.Of(Now.Rate, Before.Rate);

    /// <summary>Counts what the page shows.</summary>
    public static async Task<NodeModel> GatherAsync(Node node, NodeScope scope, IQueryCollection query, NodeFigures figures, LiveFeed feed, IBureau bureau)
    {
        var today = feed.TodayAt(node);
        var period = ShownPeriod.Read(query, today);
        var tree = bureau.Current.Tree;
        var now = await figures.GetAsync(node, period.Shown.From, period.Shown.To, children: true);
        var before = await figures.GetAsync(node, period.Before.From, period.Before.To, children: true);
        var sort = ChildSort.Read(query);
        // Those that are below today, and those that were when they earned what is shown.
        var below = tree.ChildrenOn(node.Id, today).Select(child => child.Id)
            .Union(now.Children.Where(child => child.Value.Any(day => period.Shown.Contains(day.Day))).Select(child => child.Key))
            .Select(tree.Find).OfType<Node>();
        var rows = below.Select(child => new ChildRow(
            child,
            Of(period.Shown, now.Children.GetValueOrDefault(child.Id)),
            Of(period.Before, before.Children.GetValueOrDefault(child.Id))));
        return new NodeModel(
            node,
            [.. tree.LineOn(node.Id, today).Skip(1).TakeWhile(above => scope.Covers(tree, above.Id, today)).Reverse()],
            period,
            Of(period.Shown, now.Days),
            Of(period.Before, before.Days),
            sort.Sorted(rows),
            sort);
    }

    private static PlaceFigures Of(Period period, IEnumerable<DayTally>? days) =>
        new(days is null or System.Collections.Immutable.ImmutableArray<DayTally> { IsDefault: true }
            ? Tally.Empty
            : NodeFigures.Sum(days.Where(day => period.Contains(day.Day))));
}
