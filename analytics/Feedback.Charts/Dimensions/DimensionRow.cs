using Feedback.Analytics.Rates;

namespace Feedback.Charts.Dimensions;

/// <summary>One dimension of the evaluation form.</summary>
/// <param name="Name">Its name in the chart's language.</param>
/// <param name="Rate">Good grades of all active grades given to it.</param>
public sealed record DimensionRow(string Name, Proportion Rate)
{
    /// <summary>The Wilson 95 % interval; null without grades.</summary>
    public Interval? Interval => WilsonInterval.Of(Rate);
}
