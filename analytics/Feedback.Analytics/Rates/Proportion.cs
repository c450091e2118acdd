namespace Feedback.Analytics.Rates;

/// <summary>
/// A share kept as the two counts it was made of, so that it can always be shown with its denominator.
/// The default value is 0 of 0, which is undefined.
/// </summary>
public readonly record struct Proportion
{
    /// <summary>Makes a proportion of <paramref name="successes"/> out of <paramref name="trials"/>.</summary>
    /// <param name="successes">Cases that count, 0 … <paramref name="trials"/>.</param>
    /// <param name="trials">All cases looked at, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or more succeeded than were tried.</exception>
    public Proportion(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        Successes = successes;
        Trials = trials;
    }

    /// <summary>Cases that count: a number of cases, 0 … <see cref="Trials"/>.</summary>
    public long Successes { get; }

    /// <summary>The denominator: a number of cases, 0 or more.</summary>
    public long Trials { get; }

    /// <summary>The share as a fraction, 0 … 1; null (undefined, neither 0 nor 1) where nothing was tried.</summary>
    public double? Value => Trials == 0 ? null : (double)Successes / Trials;

    /// <summary>The proportion of both groups taken together: counts are added, shares never averaged.</summary>
    /// <param name="left">One group.</param>
    /// <param name="right">The other group, disjoint from the first.</param>
    /// <exception cref="OverflowException">The sum of the counts exceeds 2⁶³ − 1.</exception>
    public static Proportion operator +(Proportion left, Proportion right) =>
        new(checked(left.Successes + right.Successes), checked(left.Trials + right.Trials));
}
