namespace Feedback.Analytics.Rates;

/// <summary>Whether a rate moved.</summary>
public enum RateMovement
{
    /// <summary>The interval holds 0: what moved may be chance.</summary>
    NoClearChange,

    /// <summary>The interval lies above 0.</summary>
    Up,

    /// <summary>The interval lies below 0.</summary>
    Down,
}

/// <summary>
/// The difference of two independent proportions, first minus second, as fractions −1 … 1, with a 95 % interval made of
/// the Wilson intervals of both. It keeps its promise for small counts and for shares near 0 and 1, where the usual
/// normal interval does not. Undefined where one of them is.
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
/// methods", Statistics in Medicine 17 (1998) 873–890, method 10 (hybrid score, no continuity correction).
/// </summary>
/// <param name="Value">The difference observed, −1 … 1.</param>
/// <param name="Low">The lower end, −1 … <paramref name="Value"/>.</param>
/// <param name="High">The upper end, <paramref name="Value"/> … 1.</param>
public readonly record struct RateDifference(double Value, double Low, double High)
{
    /// <summary>Whether the rate moved more than chance would explain.</summary>
    public RateMovement Movement => Low > 0 ? RateMovement.Up : High < 0 ? RateMovement.Down : RateMovement.NoClearChange;

    /// <summary>The difference; null (undefined) where either proportion is.</summary>
    /// <param name="now">The proportion looked at.</param>
    /// <param name="before">The proportion it is held against, of other cases.</param>
    public static RateDifference? Of(Proportion now, Proportion before)
    {
        if (now.Value is not { } p || before.Value is not { } q)
            return null;
        var (mine, theirs) = (WilsonInterval.Of(now)!.Value, WilsonInterval.Of(before)!.Value);
        return new RateDifference(
            p - q,
            p - q - Length(p - mine.Low, theirs.High - q),
            p - q + Length(mine.High - p, q - theirs.Low));
    }

    private static double Length(double a, double b) => Math.Sqrt(a * a + b * b);
}
