using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;

namespace Feedback.Analytics.Cases;

/// <summary>
/// A rate of cases with both its counts. Undefined where the denominator is 0. Counts are flows of the days asked for, so that over a
/// short time the numerator may exceed the denominator: then the rate is above 1 and has no interval.
/// </summary>
/// <param name="Rate">Its definition.</param>
/// <param name="Numerator">The count above.</param>
/// <param name="Denominator">The count below.</param>
public sealed record CaseRateFigure(CaseRate Rate, long Numerator, long Denominator)
{
    /// <summary>The rate as a fraction, 0 or more; null (undefined) where the denominator is 0.</summary>
    public double? Value => Denominator > 0 ? (double)Numerator / Denominator : null;

    /// <summary>The same as a share of cases; null where it is undefined, or the numerator is no part of the denominator.</summary>
    public Proportion? Share => Denominator > 0 && Numerator >= 0 && Numerator <= Denominator ? new Proportion(Numerator, Denominator) : null;

    /// <summary>The 95 % interval (<see cref="WilsonInterval"/>); null where <see cref="Share"/> is.</summary>
    public Interval? Interval => Share is { } share ? WilsonInterval.Of(share) : null;

    /// <summary>A rate of counts.</summary>
    /// <param name="rate">The definition.</param>
    /// <param name="counts">What is counted over the days and nodes asked for.</param>
    /// <param name="kind">One kind only; null for all that the rate is about.</param>
    public static CaseRateFigure Of(CaseRate rate, CaseCounts counts, CaseKind? kind = null)
    {
        var (numerator, denominator) = rate.Of(counts, kind);
        return new CaseRateFigure(rate, numerator, denominator);
    }

    /// <summary>Every rate of cases, in the order of <see cref="CaseRates.All"/>.</summary>
    public static IReadOnlyList<CaseRateFigure> All(CaseCounts counts) => [.. CaseRates.All.Select(rate => Of(rate, counts))];
}
