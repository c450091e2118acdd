namespace Feedback.Analytics.Grades;

/// <summary>
/// How many ratings fell on each grade, from 5 (very satisfied) down to 1 (very dissatisfied).
/// Numbers of ratings, each 0 or more; the default value is none at all.
/// </summary>
public readonly record struct GradeCounts
{
    /// <summary>Makes the counts, the best grade first.</summary>
    /// <param name="verySatisfied">Ratings of grade 5, 非常满意.</param>
    /// <param name="satisfied">Ratings of grade 4, 满意.</param>
    /// <param name="fairlySatisfied">Ratings of grade 3, 基本满意.</param>
    /// <param name="dissatisfied">Ratings of grade 2, 不满意.</param>
    /// <param name="veryDissatisfied">Ratings of grade 1, 非常不满意.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public GradeCounts(
        long verySatisfied, long satisfied, long fairlySatisfied, long dissatisfied, long veryDissatisfied)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(verySatisfied);
        ArgumentOutOfRangeException.ThrowIfNegative(satisfied);
        ArgumentOutOfRangeException.ThrowIfNegative(fairlySatisfied);
        ArgumentOutOfRangeException.ThrowIfNegative(dissatisfied);
        ArgumentOutOfRangeException.ThrowIfNegative(veryDissatisfied);
        VerySatisfied = verySatisfied;
        Satisfied = satisfied;
        FairlySatisfied = fairlySatisfied;
        Dissatisfied = dissatisfied;
        VeryDissatisfied = veryDissatisfied;
    }

    /// <summary>Ratings of grade 5, 非常满意; 0 or more.</summary>
    public long VerySatisfied { get; }

    /// <summary>Ratings of grade 4, 满意; 0 or more.</summary>
    public long Satisfied { get; }

    /// <summary>Ratings of grade 3, 基本满意; 0 or more.</summary>
    public long FairlySatisfied { get; }

    /// <summary>Ratings of grade 2, 不满意; 0 or more.</summary>
    public long Dissatisfied { get; }

    /// <summary>Ratings of grade 1, 非常不满意; 0 or more.</summary>
    public long VeryDissatisfied { get; }

    /// <summary>Good ratings, 好评: grades 3–5; 0 or more.</summary>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public long Good => checked(VerySatisfied + Satisfied + FairlySatisfied);

    /// <summary>Bad ratings, 差评: grades 1–2; 0 or more.</summary>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public long Bad => checked(Dissatisfied + VeryDissatisfied);

    /// <summary>All ratings; 0 or more.</summary>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public long Total => checked(Good + Bad);

    /// <summary>Ratings of one grade; 0 or more.</summary>
    /// <param name="grade">5 (very satisfied) … 1 (very dissatisfied).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such grade.</exception>
    public long this[int grade] => grade switch
    {
        5 => VerySatisfied,
        4 => Satisfied,
        3 => FairlySatisfied,
        2 => Dissatisfied,
        1 => VeryDissatisfied,
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "Grades run from 1 to 5."),
    };

    /// <summary>The counts of both groups taken together.</summary>
    /// <param name="left">One group of ratings.</param>
    /// <param name="right">The other group, disjoint from the first.</param>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static GradeCounts operator +(GradeCounts left, GradeCounts right) => checked(new(
        left.VerySatisfied + right.VerySatisfied,
        left.Satisfied + right.Satisfied,
        left.FairlySatisfied + right.FairlySatisfied,
        left.Dissatisfied + right.Dissatisfied,
        left.VeryDissatisfied + right.VeryDissatisfied));
}
