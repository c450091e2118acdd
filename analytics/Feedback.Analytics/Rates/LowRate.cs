namespace Feedback.Analytics.Rates;

/// <summary>
/// Whether the rate of a part lies so far below the rate of the whole that chance hardly explains it: below
/// p̄ − 3·√(p̄(1 − p̄)/n), the lower limit of a p-chart, and with at least 10 cases. Undefined rates are not low.
/// Source: W. A. Shewhart, "Economic Control of Quality of Manufactured Product", 1931, ch. XX.
/// </summary>
public static class LowRate
{
    /// <summary>The fewest cases of which anything is said.</summary>
    public const int LeastTrials = 10;

    /// <summary>Whether the part's rate is below the limit.</summary>
    /// <param name="part">The part, such as one hour of the week.</param>
    /// <param name="whole">The whole that the part belongs to.</param>
    public static bool Is(Proportion part, Proportion whole)
    {
        if (part.Trials < LeastTrials || part.Value is not { } share || whole.Value is not { } expected)
            return false;
        return share < expected - 3 * Math.Sqrt(expected * (1 - expected) / part.Trials);
    }
}
