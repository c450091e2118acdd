using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;

namespace Feedback.Api.Satisfaction;

/// <summary>Reads days of nodes from the grains that hold them: a window's own, or a month of tallies above it.</summary>
public sealed class NodeFigures(IGrainFactory grains)
{
    /// <summary>A node's days in [from, to), and those of the nodes directly below when asked for.</summary>
    public async Task<NodeDays> GetAsync(Node node, DateOnly from, DateOnly to, bool children = false)
    {
        if (node.Kind == NodeKind.Window)
            return await grains.GetGrain<IWindowGrain>(node.Id.Value).GetDays(from, to);
        var months = await Task.WhenAll(MonthsOf(from, to).Select(
            month => grains.GetGrain<ITallyGrain>(new TallyKey(node.Id, month).ToString()).GetDays(from, to, children)));
        return new NodeDays(
            // With the same epochs the sum grows whenever one of them does.
            new FigureMark(string.Join('.', months.Select(month => month.Mark.Epoch)), months.Sum(month => month.Mark.Sequence)),
            [.. months.SelectMany(month => month.Days)],
            months.SelectMany(month => month.Children).GroupBy(child => child.Key).ToImmutableDictionary(
                child => child.Key, child => child.SelectMany(days => days.Value).ToImmutableArray()));
    }

    /// <summary>A mark that changes whenever a figure of the node in that month does.</summary>
    public ValueTask<FigureMark> GetMarkAsync(Node node, DateOnly month) => node.Kind == NodeKind.Window
        ? grains.GetGrain<IWindowGrain>(node.Id.Value).GetMark()
        : grains.GetGrain<ITallyGrain>(new TallyKey(node.Id, month).ToString()).GetMark();

    /// <summary>A mark that changes whenever a figure of the node in [from, to) does, whether on its own days or on those of the nodes below.</summary>
    public async Task<string> GetMarkAsync(Node node, DateOnly from, DateOnly to)
    {
        var months = node.Kind == NodeKind.Window ? [TallyKey.MonthOf(from)] : MonthsOf(from, to).ToArray();
        return string.Join(' ', await Task.WhenAll(months.Select(month => GetMarkAsync(node, month).AsTask())));
    }

    /// <summary>The sum over days.</summary>
    public static Tally Sum(IEnumerable<DayTally> days) => days.Aggregate(Tally.Empty, (sum, day) => sum.Plus(day.Tally));

    private static IEnumerable<DateOnly> MonthsOf(DateOnly from, DateOnly to)
    {
        for (var month = TallyKey.MonthOf(from); month < to; month = month.AddMonths(1))
            yield return month;
    }
}
