using Feedback.Analytics.Grades;

namespace Feedback.Analytics.Rates;

/// <summary>
/// The satisfaction rate of one dimension of an evaluation scheme (attitude, timeliness, …):
/// active grades 3–5 / active grades 1–5 given to that dimension. A fraction 0 … 1; undefined without such grades.
/// </summary>
/// <param name="Dimension">Code of the dimension, as the scheme spells it.</param>
/// <param name="Rate">The rate with its counts.</param>
public sealed record DimensionRate(string Dimension, Proportion Rate)
{
    /// <summary>One rate per dimension, in the ordinal order of the codes so that tables stay put.</summary>
    /// <param name="active">Counts of the active grades by dimension code; a code may occur once.</param>
    public static IReadOnlyList<DimensionRate> Of(IReadOnlyDictionary<string, GradeCounts> active) =>
        [.. active.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new DimensionRate(entry.Key, SatisfactionRate.Of(entry.Value)))];
}
