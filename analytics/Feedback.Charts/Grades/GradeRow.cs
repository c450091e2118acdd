using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;

namespace Feedback.Charts.Grades;

/// <summary>One place with the active grades given there.</summary>
/// <param name="Name">Its name in the chart's language, as it is; characters that the font lacks are drawn as boxes.</param>
/// <param name="Counts">How many active evaluations by grade.</param>
public sealed record GradeRow(string Name, GradeCounts Counts)
{
    /// <summary>Its satisfaction rate.</summary>
    public Proportion Rate => SatisfactionRate.Of(Counts);
}
