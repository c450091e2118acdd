using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>Something that the service itself does to a case when its time has come.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Command">What.</param>
public sealed record CaseAlarm(long At, CaseCommand Command);

/// <summary>What follows for a case from the policies, the calendar and the opening hours: its terms, its deadlines, and what is to be done when.</summary>
/// <remarks>Deadlines are counted with the hours and the zone of the lead unit; days and policies are those of the node that the case concerns.</remarks>
public sealed class CaseTimes
{
    private readonly CaseState _state;
    private readonly long _now;
    private readonly Lazy<ImmutableSortedDictionary<ClockKind, Deadline>> _explained;

    /// <summary>Works it out.</summary>
    /// <param name="state">The case; of one that is to be opened, only <paramref name="intake"/> is looked at.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="book">Policies and calendar.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="intake">What is known of a case that is not opened yet; null for the case's own.</param>
    public CaseTimes(CaseState state, OrganisationTree tree, PolicyBook book, long now, CaseIntake? intake = null)
    {
        (_state, _now) = (state, now);
        var known = intake ?? state.Intake;
        Today = DayAt(tree, known.Node, now);
        Policies = CasePolicies.At(book, [.. tree.LineOn(known.Node, Today)], Today);
        var lead = state.Opened is null ? known.Lead : state.Lead;
        // A unit of another zone is served by its own clock.
        if ((tree.Find(lead) ?? tree.Find(known.Node)) is { } office)
            Schedule = new WorkingSchedule(book.Calendar, OpeningHours.Of(tree.LineOn(office.Id, DayAt(tree, office.Id, now))), office.Zone);
        Terms = TermsOf(known);
        _explained = new(() => state.Clocks.ToImmutableSortedDictionary(
            clock => clock.Key, clock => Schedule is null ? Deadline.None : WorkingTime.Deadlines.Explain(CaseHistories.Of(clock.Value), Schedule)));
    }

    /// <summary>The local day at the case's node.</summary>
    public DateOnly Today { get; }

    /// <summary>The policies that hold there on that day.</summary>
    public CasePolicies Policies { get; }

    /// <summary>Calendar, hours and zone of the lead unit; null where there is no such node.</summary>
    public WorkingSchedule? Schedule { get; }

    /// <summary>Limits and periods.</summary>
    public CaseTerms Terms { get; }

    /// <summary>How the deadline of each clock came about, that of the last run.</summary>
    public IReadOnlyDictionary<ClockKind, Deadline> Explained => _explained.Value;

    /// <summary>The deadlines of clocks that run or stand still, as decisions ask for them: of one that stands still, as if it ran on from now. Null where pending.</summary>
    public IReadOnlyDictionary<ClockKind, long?> Deadlines => _state.Clocks.Keys.Where(_state.IsLive).ToImmutableSortedDictionary(clock => clock, DeadlineOf);

    /// <summary>Whether a clock runs whose deadline lies in a year that nobody knows.</summary>
    public bool IsPending => _state.Clocks.Keys.Any(clock => _state.IsLive(clock) && Explained[clock].Pending is not null);

    /// <summary>The next thing that the service itself does; null for none, and for imported history.</summary>
    public CaseAlarm? Next => _state.Opened is null or { Intake.Imported: not null } || _state.Stage == CaseStage.Closed
        ? null
        : _state.Clocks.Keys.Select(AlarmOf).OfType<CaseAlarm>().MinBy(alarm => alarm.At);

    /// <summary>The limits that a case which is open would have in another category, as the policy writes them.</summary>
    public ImmutableDictionary<ClockKind, string> LimitsIn(string category) => LimitsOf(_state.Intake.Kind, category);

    /// <summary>The local day of an instant at a node; in UTC where there is no such node.</summary>
    public static DateOnly DayAt(OrganisationTree tree, NodeId node, long at) =>
        tree.Find(node)?.Zone.LocalTime(at).Day ?? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime);

    private long? DeadlineOf(ClockKind clock)
    {
        if (Schedule is null)
            return null;
        if (!_state.IsPaused(clock))
            return Explained[clock].At;
        var history = CaseHistories.Of(_state.Clocks[clock]);
        var resumed = new ClockResumed(_now);
        return history.Refused(resumed) is null ? WorkingTime.Deadlines.Explain(history.With(resumed), Schedule).At : null;
    }

    private CaseAlarm? AlarmOf(ClockKind clock)
    {
        if (Schedule is null || !_state.IsLive(clock) || _state.IsPaused(clock))
            return null;
        if (_state.Overdue.TryGetValue(clock, out var passed))
            return ((CaseAlarm?[])[EscalationOf(clock, passed), clock == ClockKind.Completion ? ChaseOf(clock, passed) : null]).OfType<CaseAlarm>().MinBy(alarm => alarm.At);
        if (Explained[clock].At is not { } deadline)
            return null;
        var run = CaseHistories.Of(_state.Clocks[clock]).Runs[^1];
        // The instant of the deadline is in time. A warning that would come with it or after it is none.
        return !(_state.Warned.TryGetValue(clock, out var warned) && warned == deadline)
            && Policies.Limits.Warn.At(run.Start, deadline, run.Limit, Schedule) is { } at && at < deadline && _now <= deadline
            ? new CaseAlarm(at, new WarnOfDeadline(clock, deadline))
            : new CaseAlarm(deadline + 1, new OpenAccountability(CaseRules.ForOverdue, clock, deadline));
    }

    private CaseAlarm? EscalationOf(ClockKind clock, long deadline)
    {
        var told = _state.Escalated.GetValueOrDefault(clock);
        return told < Policies.Limits.Escalation.Length && Policies.Limits.Escalation[told] is var level && AfterDeadline(clock, deadline, level.After) is { } at
            ? new CaseAlarm(at, new EscalateCase(clock, told + 1, level.Word))
            : null;
    }

    // An order of the hotline that is overdue goes by degrees (催办 → 督办 → 通报): chased again and again, watched over when half of the
    // chasings that lead to criticism were in vain, and criticised when all were.
    private CaseAlarm? ChaseOf(ClockKind clock, long deadline)
    {
        if (_state.Intake.Kind != CaseKind.HotlineOrder || _state.IsWithCity || _state.Stage is CaseStage.Answered or CaseStage.Closed or CaseStage.Merged)
            return null;
        var (policy, chased) = (Policies.Hotline, _state.Chased);
        CaseCommand? next = chased >= (policy.CriticismAfter + 1) / 2 && !_state.Supervised ? new SuperviseCase(CaseReasons.Overdue)
            : chased < policy.CriticismAfter ? new UrgeCase(CaseReasons.Overdue)
            : !_state.Circulated ? new CirculateCase(CaseReasons.Overdue)
            : null;
        var times = next is UrgeCase ? chased + 1 : chased;
        return next is not null && AfterDeadline(clock, deadline, policy.UrgeAfter with { Amount = policy.UrgeAfter.Amount * times }) is { } at
            ? new CaseAlarm(at, next)
            : null;
    }

    // When something is due so long after a deadline that passed. While the clock waited since, nobody could do anything about it.
    private long? AfterDeadline(ClockKind clock, long deadline, Limit? length)
    {
        if (length is not { } limit)
            return deadline;
        var waits = _state.Clocks[clock].Where(mark => mark.At > deadline && mark.Kind is ClockMarkKind.Paused or ClockMarkKind.Resumed);
        return WorkingTime.Deadlines.Explain(CaseHistories.Of(waits.Prepend(new CaseClockMark(ClockMarkKind.Started, deadline, limit.ToString()))), Schedule!).At;
    }

    private CaseTerms TermsOf(CaseIntake intake)
    {
        var rating = Policies.BadRating;
        var calledBack = new CaseTerms().CallBack;
        if (intake.Kind == CaseKind.BadRating && !IsCalledBack(rating.CallBackShare))
            calledBack = calledBack.Remove(CaseKind.BadRating);
        return new CaseTerms
        {
            Limits = LimitsOf(intake.Kind, _state.Opened is null ? intake.Category : _state.Category),
            ReopenDays = ReopenDays(),
            ReopenTimes = Policies.Reopen.Times,
            Attempts = Policies.Feedback.Attempts,
            Extensions = intake.Kind == CaseKind.HotlineOrder ? Policies.Hotline.Extensions : null,
            ExtensionsLate = intake.Kind == CaseKind.HotlineOrder && !Policies.Hotline.ExtensionBeforeExpiry,
            CallBack = calledBack,
            CalledBackBy = rating.CalledBackBy,
            VerifiedBy = rating.VerifiedBy,
        };
    }

    private ImmutableDictionary<ClockKind, string> LimitsOf(CaseKind kind, string? category) =>
        Policies.LimitsOf(kind, category).ToImmutableDictionary(limit => limit.Key, limit => limit.Value.ToString());

    // Which of them are called back is decided by the case's id, which nobody chose.
    private bool IsCalledBack(int share) => share == 100 || System.Text.Encoding.UTF8.GetBytes(_state.Id.Value).Aggregate(0u, (sum, one) => (sum * 31) + one) % 100 < share;

    private int ReopenDays()
    {
        const long Day = 24L * 60 * 60 * 1000;
        var within = Policies.Reopen.Within;
        if (within.Unit == LimitUnit.Days || Schedule is null || _state.Closing is not { Stamp.At: var closed })
            return within.Amount;
        // Of a year that nobody knows yet more days may be off than usual: nobody is refused who may have been in time.
        return WorkingTime.Deadlines.After(closed, within, Schedule) is { } until ? (int)((until - closed + Day - 1) / Day) : (within.Amount * 2) + 14;
    }
}
