namespace Feedback.Analytics.Rates;

/// <summary>
/// The 95 % score interval of a proportion: the shares p which a normal test would not reject,
/// |p̂ − p| ≤ z·√(p(1 − p)/n). It stays within 0 … 1 and has width even where all or none succeeded.
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// Journal of the American Statistical Association 22 (1927) 209–212.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The 97.5 % quantile of the standard normal distribution, in standard deviations.</summary>
    public const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a proportion, as fractions; null (undefined) where nothing was tried.</summary>
    /// <param name="proportion">The counts observed.</param>
    public static Interval? Of(Proportion proportion)
    {
        if (proportion.Value is not { } share)
            return null;

        var n = (double)proportion.Trials;
        var scale = 1 + Z * Z / n;
        var middle = (share + Z * Z / (2 * n)) / scale;
        var half = Z / scale * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));

        // With none (all) succeeding the lower (upper) end is exactly 0 (1); rounding would leave it beside.
        var low = proportion.Successes == 0 ? 0 : Math.Max(0, middle - half);
        var high = proportion.Successes == proportion.Trials ? 1 : Math.Min(1, middle + half);
        return new Interval(low, high);
    }
}
