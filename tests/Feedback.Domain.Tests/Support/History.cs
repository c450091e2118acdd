using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Tests.Support;

/// <summary>What happens next at a window, and what its keeper does in between.</summary>
public enum StepKind
{
    /// <summary>Somebody rates.</summary>
    Rate,

    /// <summary>A matter is finished.</summary>
    Finish,

    /// <summary>An earlier evaluation is excluded, if one still counts.</summary>
    Exclude,

    /// <summary>An excluded evaluation is reinstated, if there is one.</summary>
    Reinstate,

    /// <summary>Days are stored, and old ones let go of.</summary>
    Flush,

    /// <summary>Everything in memory is lost; stored days and the journal are there.</summary>
    Crash,
}

/// <summary>One step of a history.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Wait">Milliseconds since the step before; negative where the server's clock steps back.</param>
/// <param name="Matter">The matter, 0 for a rating without one.</param>
/// <param name="Claimed">The device's clock less the server's, in milliseconds.</param>
/// <param name="Origin">The rating's origin.</param>
/// <param name="Grade">The rating's grade.</param>
/// <param name="Pick">Which earlier evaluation is meant.</param>
public readonly record struct Step(StepKind Kind, long Wait, int Matter, long Claimed, Origin Origin, Grade Grade, int Pick);

/// <summary>An event in its stream.</summary>
/// <param name="Version">Its version.</param>
/// <param name="At">The time of its row: never earlier than the one before.</param>
/// <param name="Event">The event.</param>
/// <param name="Subject">The evaluation that an exclusion or reinstatement speaks of.</param>
public sealed record Happened(long Version, long At, JournalEvent Event, EvaluationAccepted? Subject);

/// <summary>Turns steps into events of one window, as its clock and its journal would.</summary>
public sealed class History
{
    private readonly List<(long Version, EvaluationAccepted Rating, bool Excluded)> _ratings = [];
    private long _version;
    private long _rowAt;

    /// <summary>The server's clock, milliseconds UTC.</summary>
    public long Now { get; private set; } = Some.Morning;

    /// <summary>The evaluations so far, each with its version.</summary>
    public IEnumerable<(long Version, EvaluationAccepted Rating, bool Excluded)> Ratings => _ratings;

    /// <summary>Steps at a window where devices' clocks are wrong and everybody comes late; the server's clock only goes on.</summary>
    public static Gen<Step[]> Steps(params StepKind[] kinds) => Steps(Gen.OneOf(Waits), kinds);

    /// <summary>The same, and the server's clock steps back now and then.</summary>
    public static Gen<Step[]> StepsWithWrongClock(params StepKind[] kinds) => Steps(Gen.OneOf([.. Waits, .. StepsBack]), kinds);

    private static Gen<Step[]> Steps(Gen<long> waits, StepKind[] kinds) => Gen.Select(
            Gen.OneOf(kinds), waits, Gen.Int[0, 2], Gen.OneOf(Claims),
            Gen.Frequency((5, Gen.Const(Origin.Active)), (1, Gen.OneOf(Origin.Default, Origin.Callback, Origin.Declined))),
            Gen.Int[1, 5], Gen.Int[0, 30])
        .Select((kind, wait, matter, claimed, origin, grade, pick) => new Step(kind, wait, matter, claimed, origin, (Grade)grade, pick))
        .Array[1, 40];

    /// <summary>The next event, or null for a step that stores none.</summary>
    public Happened? Play(Step step)
    {
        Now += step.Wait;
        var (happened, subject) = step.Kind switch
        {
            StepKind.Rate => (Rate(step), null),
            StepKind.Finish => (Some.Finished(step.Matter, Admit(step), rateable: step.Pick % 10 != 9), null),
            StepKind.Exclude or StepKind.Reinstate => Decide(step),
            _ => (null, null),
        };
        if (happened is null)
            return null;
        _rowAt = Math.Max(_rowAt, Now);
        _version++;
        if (happened is EvaluationAccepted rating)
            _ratings.Add((_version, rating, Excluded: false));
        return new Happened(_version, _rowAt, happened, subject);
    }

    private EvaluationAccepted Rate(Step step) => Some.Accepted(
        Some.Evaluation(step.Origin == Origin.Declined ? null : step.Grade, step.Origin), step.Matter == 0 ? null : step.Matter, Admit(step));

    private (JournalEvent?, EvaluationAccepted?) Decide(Step step)
    {
        var open = _ratings.FindAll(rating => rating.Excluded == (step.Kind == StepKind.Reinstate));
        if (open.Count == 0)
            return (null, null);
        var chosen = open[step.Pick % open.Count];
        _ratings[_ratings.IndexOf(chosen)] = chosen with { Excluded = !chosen.Excluded };
        return (chosen.Excluded ? Some.Reinstated(chosen.Version) : Some.Excluded(chosen.Version), chosen.Rating);
    }

    private Admission Admit(Step step)
    {
        var counted = DayRule.Count(new Moment(Now + step.Claimed, 480), Now, HallZone.Get("Asia/Shanghai"), imported: false);
        return Some.Admission(Now) with { Day = counted.Day, Hour = counted.Hour, Flags = counted.Flag is null ? [] : [counted.Flag] };
    }

    // Around the 30 days within which a rating and its matter meet.
    private static readonly long[] Waits =
    [
        0, 1, Some.Minute, Some.Day, 10 * Some.Day, 15 * Some.Day, 20 * Some.Day, (30 * Some.Day) - 1, 30 * Some.Day, (30 * Some.Day) + 1,
    ];

    private static readonly long[] StepsBack = [-1, -Some.Minute, -3 * Some.Day, -20 * Some.Day, -45 * Some.Day];

    // On time, late, out of patience, ahead, far ahead.
    private static readonly long[] Claims =
    [
        0, 0, 0, -2 * 60 * Some.Minute, -3 * Some.Day, -40 * Some.Day, -90 * Some.Day, -100 * Some.Day, 4 * Some.Minute, 20 * 60 * Some.Minute,
    ];
}
