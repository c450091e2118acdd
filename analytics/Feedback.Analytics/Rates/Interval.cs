namespace Feedback.Analytics.Rates;

/// <summary>A confidence interval of a share, both ends included. The default value is the point 0.</summary>
public readonly record struct Interval
{
    /// <summary>Makes the interval from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="low">Lower end as a fraction, 0 … <paramref name="high"/>.</param>
    /// <param name="high">Upper end as a fraction, <paramref name="low"/> … 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end lies outside 0 … 1, is no number, or the ends are swapped.</exception>
    public Interval(double low, double high)
    {
        // Written as "not within" so that NaN, which compares false with everything, is refused as well.
        if (!(low >= 0 && low <= high && high <= 1))
            throw new ArgumentOutOfRangeException(nameof(low), $"[{low}, {high}] is no interval within 0 … 1.");
        Low = low;
        High = high;
    }

    /// <summary>Lower end as a fraction, 0 … <see cref="High"/>.</summary>
    public double Low { get; }

    /// <summary>Upper end as a fraction, <see cref="Low"/> … 1.</summary>
    public double High { get; }

    /// <summary>Width as a fraction, 0 … 1.</summary>
    public double Width => High - Low;

    /// <summary>Whether a share lies within the interval, its ends included.</summary>
    /// <param name="share">A fraction, 0 … 1.</param>
    public bool Contains(double share) => share >= Low && share <= High;
}
