using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;

namespace Feedback.Analytics.Release;

/// <summary>
/// What the public and the rated are told of a node in a period: how many ratings, how many of them good, and their mean. Never
/// by hour, dimension, reason, service item or person.
/// </summary>
/// <remarks>
/// Corrections of older ratings stand in the chunk that they were released with. Where they leave fewer than five ratings, or
/// fewer than none of a grade, a period is told as one without ratings: only longer ones make sense then. Nothing is hidden by
/// that which could be computed from the rest: what a chunk holds is about five people at least, however it is combined.
/// </remarks>
/// <param name="Ratings">Released active ratings: 0, or 5 and more.</param>
/// <param name="Rate">好评率; undefined without ratings.</param>
/// <param name="Mean">The mean score on the scale that it names; undefined without ratings.</param>
public sealed record ReleasedFigures(long Ratings, Proportion Rate, MeanScore Mean)
{
    /// <summary>The figures of days.</summary>
    /// <param name="days">A node's days.</param>
    /// <param name="from">The first local day.</param>
    /// <param name="to">The day after the last.</param>
    /// <param name="shownBefore">The day before which whoever looks sees released ratings; null where they are live.</param>
    public static ReleasedFigures Of(IEnumerable<(DateOnly Day, Tally Tally)> days, DateOnly from, DateOnly to, DateOnly? shownBefore)
    {
        var end = shownBefore is { } before && before < to ? before : to;
        Span<long> grades = stackalloc long[6];
        foreach (var (_, tally) in days.Where(day => day.Day >= from && day.Day < end))
        {
            for (var grade = 1; grade <= 5; grade++)
                grades[grade] += tally[Cell.Released((Grade)grade)];
        }

        var (total, least) = (0L, 0L);
        foreach (var count in grades)
            (total, least) = (total + count, Math.Min(least, count));
        var counts = total < WaitingRatings.Chunk || least < 0 ? default : new GradeCounts(grades[5], grades[4], grades[3], grades[2], grades[1]);
        return new ReleasedFigures(counts.Total, SatisfactionRate.Of(counts), MeanScore.Of(counts));
    }
}
