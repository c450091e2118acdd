namespace Feedback.Analytics.Grades;

/// <summary>
/// What each grade is worth in a mean score. Weights differ by place and year, so the scale has a name
/// and every score carries it.
/// </summary>
public sealed record ScoreScale
{
    /// <summary>Makes a scale, the best grade first.</summary>
    /// <param name="name">What the scale is called where a score is shown; not blank.</param>
    /// <param name="verySatisfied">Points of grade 5.</param>
    /// <param name="satisfied">Points of grade 4, at most those of grade 5.</param>
    /// <param name="fairlySatisfied">Points of grade 3, at most those of grade 4.</param>
    /// <param name="dissatisfied">Points of grade 2, at most those of grade 3.</param>
    /// <param name="veryDissatisfied">Points of grade 1, at most those of grade 2.</param>
    /// <exception cref="ArgumentException">The name is blank, or a worse grade is worth more than a better one.</exception>
    public ScoreScale(
        string name,
        decimal verySatisfied, decimal satisfied, decimal fairlySatisfied, decimal dissatisfied, decimal veryDissatisfied)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (verySatisfied < satisfied || satisfied < fairlySatisfied
            || fairlySatisfied < dissatisfied || dissatisfied < veryDissatisfied)
            throw new ArgumentException("A worse grade may not be worth more than a better one.", nameof(verySatisfied));
        Name = name;
        points = [veryDissatisfied, dissatisfied, fairlySatisfied, satisfied, verySatisfied];
    }

    private readonly decimal[] points;

    /// <summary>The scale in use unless a place configures another: 100, 80, 60, 30, 0 points.</summary>
    public static ScoreScale Default { get; } = new("100/80/60/30/0", 100, 80, 60, 30, 0);

    /// <summary>What the scale is called where a score is shown.</summary>
    public string Name { get; }

    /// <summary>Points of one grade, on the scale's own range.</summary>
    /// <param name="grade">5 (very satisfied) … 1 (very dissatisfied).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such grade.</exception>
    public decimal this[int grade] => grade is >= 1 and <= 5
        ? points[grade - 1]
        : throw new ArgumentOutOfRangeException(nameof(grade), grade, "Grades run from 1 to 5.");
}
