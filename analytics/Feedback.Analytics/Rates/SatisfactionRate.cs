using Feedback.Analytics.Grades;

namespace Feedback.Analytics.Rates;

/// <summary>
/// 好评率: the share of good grades (3–5) among the ratings citizens gave themselves (origin active).
/// A fraction 0 … 1; undefined without such ratings.
/// </summary>
public static class SatisfactionRate
{
    /// <summary>Active grades 3–5 / active grades 1–5.</summary>
    /// <param name="active">Counts of the ratings of origin active, nothing else: silence is not praise.</param>
    public static Proportion Of(GradeCounts active) => new(active.Good, active.Total);

    /// <summary>
    /// 好评率（含默认）: (active + default grades 3–5) / (active + default). To be shown only beside <see cref="Of"/>,
    /// for it counts silence as an answer.
    /// </summary>
    /// <param name="active">Counts of the ratings of origin active.</param>
    /// <param name="byDefault">Counts of the ratings a rule filled in for silence (origin default).</param>
    public static Proportion IncludingDefault(GradeCounts active, GradeCounts byDefault) => Of(active + byDefault);
}
