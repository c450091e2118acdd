using Feedback.Analytics.Rates;
using Feedback.Api.Satisfaction;
using Feedback.Charts.Dimensions;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Api.Charts;

/// <summary>Makes the chart of the dimensions.</summary>
internal static class DimensionModels
{
    /// <summary>The dimensions of the scheme in force, in its order; then those of older schemes that were rated in the period.</summary>
    public static DimensionChartModel Of(ChartData data)
    {
        var sum = NodeFigures.Sum(data.Days.Days);
        var rated = sum.Of(CellKind.Dimension).GroupBy(cell => cell.Key.Code)
            .ToDictionary(cells => cells.Key, cells => SatisfactionRate.Of(SliceFigures.Counts(cells)));
        var codes = data.Bureau.Catalogue.Dimensions.Select(dimension => dimension.Code)
            .Union(rated.Keys.Order(StringComparer.Ordinal));
        return new DimensionChartModel(
            data.Title("dimensions"),
            data.Words.Span(data.Period),
            SatisfactionRate.Of(SliceFigures.Counts(sum, Origin.Active)),
            codes.Select(code => new DimensionRow(data.NameOf(code), rated.GetValueOrDefault(code))),
            data.Words);
    }
}
