using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Web.Nodes;

/// <summary>The figures of a place in a period, each with its denominator.</summary>
/// <param name="Tally">What was counted.</param>
public sealed record PlaceFigures(Tally Tally)
{
    /// <summary>With fewer active evaluations than these a rate says more about chance than about the place.</summary>
    public const int FewestToJudge = 30;

    /// <summary>Active grades.</summary>
    public GradeCounts Active => SliceFigures.Counts(Tally, Origin.Active);

    /// <summary>好评率.</summary>
    public Proportion Rate => SatisfactionRate.Of(Active);

    /// <summary>好评率（含默认）, to be shown beside the one above only; null where nothing was counted by default.</summary>
    public Proportion? RateWithDefault => Count(Origin.Default) == 0 ? null : SatisfactionRate.IncludingDefault(Active, SliceFigures.Counts(Tally, Origin.Default));

    /// <summary>The interval of the rate; null when it is undefined.</summary>
    public Interval? Interval => WilsonInterval.Of(Rate);

    /// <summary>主动评价率.</summary>
    public Proportion Response => ResponseRate.Of(Tally.MattersRated, Tally.MattersFinished);

    /// <summary>Whether there are too few active evaluations to judge by.</summary>
    public bool TooFew => Rate.Trials < FewestToJudge;

    /// <summary>Evaluations of an origin, whether graded or not.</summary>
    public long Count(Origin origin) =>
        Tally.Of(CellKind.Graded).Where(cell => cell.Key.Origin == origin).Sum(cell => (long)cell.Value);
}
