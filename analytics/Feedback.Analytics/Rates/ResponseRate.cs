namespace Feedback.Analytics.Rates;

/// <summary>
/// 主动评价率: distinct finished matters with at least one active rating / finished rateable matters.
/// A fraction 0 … 1; undefined without finished matters, and where the matters are not known at all.
/// Evaluations / matters is a different figure: it exceeds 1 where a matter is rated twice.
/// </summary>
public static class ResponseRate
{
    /// <summary>Rated matters / finished matters.</summary>
    /// <param name="mattersRated">Distinct finished matters with at least one active rating, 0 … <paramref name="mattersFinished"/>.</param>
    /// <param name="mattersFinished">Distinct finished rateable matters, 0 or more; null where no business system reports them.</param>
    /// <exception cref="ArgumentOutOfRangeException">More matters rated than finished: the numerator counts something else.</exception>
    public static Proportion Of(long mattersRated, long? mattersFinished) =>
        mattersFinished is { } finished ? new Proportion(mattersRated, finished) : default;
}
