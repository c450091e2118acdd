using Feedback.Analytics.Rates;

namespace Feedback.Charts.Trends;

/// <summary>One point of a trend: the rate of a day, or of the week, month … that begins on it.</summary>
/// <param name="Day">First day the rate is about, a local day of the hall.</param>
/// <param name="Rate">The rate with its counts; undefined (nothing tried) leaves a gap.</param>
/// <param name="Interval">Interval of the rate as fractions; null draws none. Not looked at where the rate is undefined.</param>
public readonly record struct TrendPoint(DateOnly Day, Proportion Rate, Interval? Interval)
{
    /// <summary>The point of a rate with its Wilson 95 % interval.</summary>
    /// <param name="day">First day the rate is about.</param>
    /// <param name="rate">The rate with its counts.</param>
    public static TrendPoint Of(DateOnly day, Proportion rate) => new(day, rate, WilsonInterval.Of(rate));
}
