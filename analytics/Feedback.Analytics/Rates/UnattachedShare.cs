namespace Feedback.Analytics.Rates;

/// <summary>
/// The share of ratings that name no matter (window QR code, box) among all ratings. A fraction 0 … 1;
/// undefined without ratings. Shown apart, because such ratings cannot be held against one matter each.
/// </summary>
public static class UnattachedShare
{
    /// <summary>Ratings without a matter / all ratings.</summary>
    /// <param name="unattached">Ratings without a matter, 0 … <paramref name="ratings"/>.</param>
    /// <param name="ratings">All ratings, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or a part exceeds the whole.</exception>
    public static Proportion Of(long unattached, long ratings) => new(unattached, ratings);
}
