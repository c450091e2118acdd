namespace Feedback.Analytics.Cases;

/// <summary>
/// The quantile that was observed: the least value that at least p per cent of the values do not exceed, which is the value at rank ⌈p·n/100⌉
/// in ascending order. Always one of the values, never between two; undefined without values.
/// Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996) 361–365,
/// definition 1 (inverse of the empirical distribution function).
/// </summary>
public static class NearestRank
{
    /// <summary>The quantile; null (undefined) without values.</summary>
    /// <param name="ascending">The values in ascending order.</param>
    /// <param name="percent">1 to 100; 50 is the median.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentage is out of range.</exception>
    public static T? Of<T>(IReadOnlyList<T> ascending, int percent)
        where T : struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (ascending.Count == 0)
            return null;
        // In integers: a product of fractions such as 0.9 · 10 may round to just above the rank that is meant.
        var rank = ((long)percent * ascending.Count + 99) / 100;
        return ascending[(int)rank - 1];
    }
}
