using System.Collections.Concurrent;
using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;

namespace Feedback.Api.Live;

/// <summary>A node's figures of today and of the month, as live viewers get them.</summary>
/// <param name="Node">The node.</param>
/// <param name="Mark">Names this state of the figures; a viewer that reconnects tells it.</param>
/// <param name="Today">Today's figures, by the node's local day.</param>
/// <param name="Month">The month's figures up to now.</param>
public sealed record LiveFigures(NodeLabel Node, string Mark, SliceFigures Today, SliceFigures Month);

/// <summary>
/// Follows the figures of the nodes that somebody looks at: one look per node every 100 ms, however many look with us.
/// </summary>
public sealed class LiveFeed(NodeFigures figures, IBureau bureau, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<NodeId, Task<FigureMark>> _looks = new();

    /// <summary>The figures as they stand.</summary>
    /// <param name="node">The node.</param>
    /// <param name="scope">Where the viewer sees.</param>
    public async Task<LiveFigures> SnapshotAsync(Node node, NodeScope scope)
    {
        var today = TodayAt(node);
        var month = TallyKey.MonthOf(today);
        var days = await figures.GetAsync(node, month, month.AddMonths(1));
        return new LiveFigures(
            NodeLabel.Of(node, new ReaderView(bureau.Current.Tree, scope, clock.GetUtcNow())),
            days.Mark + "." + today.DayNumber,
            SliceFigures.Of(today.ToString("O"), today, today.AddDays(1), NodeFigures.Sum(days.Days.Where(day => day.Day == today))),
            SliceFigures.Of(month.ToString("yyyy-MM"), month, month.AddMonths(1), NodeFigures.Sum(days.Days)));
    }

    /// <summary>Waits until the figures are others than those of a mark, at most for a while.</summary>
    /// <returns>True when they are; false when the time is over.</returns>
    public async Task<bool> WaitForChangeAsync(Node node, string mark, TimeSpan patience, CancellationToken cancellation)
    {
        var end = clock.GetUtcNow() + patience;
        while (clock.GetUtcNow() < end)
        {
            if (await MarkAsync(node) != mark)
                return true;
            await Task.Delay(LookEvery, clock, cancellation);
        }

        return false;
    }

    /// <summary>Names the state of the figures; it changes with every event, so it is nothing for the public or the rated.</summary>
    public async Task<string> MarkAsync(Node node)
    {
        var today = TodayAt(node);
        return await LookAsync(node, today) + "." + today.DayNumber;
    }

    /// <summary>The node's local day.</summary>
    public DateOnly TodayAt(Node node) => node.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day;

    // Viewers who ask while a look is on its way share it.
    private async Task<FigureMark> LookAsync(Node node, DateOnly today)
    {
        var look = _looks.GetOrAdd(node.Id, _ => figures.GetMarkAsync(node, TallyKey.MonthOf(today)).AsTask());
        try
        {
            return await look;
        }
        finally
        {
            _looks.TryRemove(new KeyValuePair<NodeId, Task<FigureMark>>(node.Id, look));
        }
    }
}
