using Feedback.Analytics.Rates;
using Feedback.Api.Satisfaction;
using Feedback.Charts.Trends;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Charts;

/// <summary>Makes the chart of the satisfaction rate over time.</summary>
internal static class TrendModels
{
    /// <summary>The rate of every step of the period with its Wilson interval.</summary>
    public static TrendChartModel Of(ChartData data)
    {
        var points = data.Steps()
            .Select(step => TrendPoint.Of(step.Slice.Start, SatisfactionRate.Of(SliceFigures.Counts(step.Tally, Origin.Active)))).ToList();
        return new TrendChartModel(
            data.Title("trend"),
            data.Words.Span(data.Period),
            data.Words.Say("denominator", points.Sum(point => point.Rate.Trials)),
            points,
            data.Words.Trend with { DayAxis = data.UnitName });
    }
}
