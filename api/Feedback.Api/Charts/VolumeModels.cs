using Feedback.Analytics.Rates;
using Feedback.Api.Satisfaction;
using Feedback.Charts.Volumes;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Api.Charts;

/// <summary>Makes the chart of what came in.</summary>
internal static class VolumeModels
{
    /// <summary>Evaluations by origin and finished matters of every step of the period.</summary>
    public static VolumeChartModel Of(ChartData data)
    {
        var steps = data.Steps().Select(step => new VolumeStep(
            step.Slice.Start,
            CountOf(step.Tally, Origin.Active), CountOf(step.Tally, Origin.Default),
            CountOf(step.Tally, Origin.Callback), CountOf(step.Tally, Origin.Declined),
            step.Tally.MattersFinished));
        var sum = NodeFigures.Sum(data.Days.Days);
        return new VolumeChartModel(
            data.Title("volume"), data.Words.Span(data.Period), steps,
            ResponseRate.Of(sum.MattersRated, sum.MattersFinished), data.UnitName, data.Words);
    }

    private static long CountOf(Tally tally, Origin origin) =>
        tally.Of(CellKind.Graded).Where(cell => cell.Key.Origin == origin).Sum(cell => (long)cell.Value);
}
