namespace Feedback.Analytics.Grades;

/// <summary>
/// The mean score Σ points(grade) / n of n ratings. It always carries the scale it was reckoned on:
/// a score without its scale says nothing.
/// </summary>
/// <param name="Value">Mean in points, between the scale's grade 1 and grade 5; null (undefined) without ratings.</param>
/// <param name="Ratings">How many ratings were scored: the denominator, 0 or more.</param>
/// <param name="Scale">The scale used.</param>
public sealed record MeanScore(double? Value, long Ratings, ScoreScale Scale)
{
    /// <summary>The mean score of these ratings.</summary>
    /// <param name="counts">Ratings by grade.</param>
    /// <param name="scale">Points by grade; 100/80/60/30/0 where none is given.</param>
    public static MeanScore Of(GradeCounts counts, ScoreScale? scale = null)
    {
        scale ??= ScoreScale.Default;
        var ratings = counts.Total;
        if (ratings == 0)
            return new MeanScore(null, 0, scale);

        // Summed as decimal: millions of ratings add up exactly, and the one division rounds once.
        var sum = 0m;
        for (var grade = 1; grade <= 5; grade++)
            sum += scale[grade] * counts[grade];
        return new MeanScore((double)(sum / ratings), ratings, scale);
    }
}
