using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>
/// What each event of a case adds to the figures of its node, day by day. Counts are a function of the case's events alone: a
/// recount gives the same. Each is counted on the day of the event that decided it; what is revised is taken back on the day on
/// which it was counted. Codes are told in <see cref="CaseCodes"/>, formulas in <see cref="CaseRates"/>.
/// </summary>
public static class CaseFlows
{
    /// <summary>What is to be added to <c>case_days</c> when a case goes from one state to a later one.</summary>
    /// <returns>The node, the days ascending, and the change on each; none is empty.</returns>
    public static IReadOnlyList<(NodeId Node, DateOnly Day, CaseCounts Delta)> Change(CaseState before, CaseState after) =>
        [.. CaseCounted.Change(before.Counted, after.Counted).Select(change => (after.Intake.Node, change.Day, change.Delta))];

    internal static CaseCounted Count(CaseState before, CaseEvent e, CaseState after)
    {
        var (kind, day, counted) = (after.Intake.Kind, e.Stamp.Day, before.Counted);
        string Of(string code) => CaseCodes.Of(code, kind);
        counted = e switch
        {
            CaseOpened { ToSign: true } => Sent(counted.Add(Of(CaseCodes.Opened), day), day, kind, Of).Stand(Of(CaseCodes.ToRespond), day),
            CaseOpened => counted.Add(Of(CaseCodes.Opened), day),
            CaseDispatched sent when kind != CaseKind.HotlineOrder || sent.City => Sent(counted, day, kind, Of),
            CaseSignedFor => counted.Add(Of(CaseCodes.SignedFor), day),
            CaseReturned when kind == CaseKind.HotlineOrder => after.Returned ? counted.StandFirst(Of(CaseCodes.Returned), day) : counted,
            CaseReturned => counted.Add(Of(CaseCodes.Returned), day),
            CaseMerged => counted.Stand(Of(CaseCodes.Merged), day),
            CaseHandled => counted.StandFirst(Of(CaseCodes.Claimed), day),
            CaseAppealed => counted.Add(Of(CaseCodes.Appealed), day),
            CaseAppealDecided { Upheld: true } => Excluded(counted, Of).Stand(Of(CaseCodes.Excluded), day),
            CaseFeedbackGiven told => Told(counted, told, before, after, Of),
            CaseCalledBack { City: true, Reached: true } call => City(counted, call, Of),
            CaseCalledBack { City: false } call when before.ToCallBack && !after.ToCallBack => CalledBack(counted, call, Of),
            CaseSentBack => counted.StandFirst(Of(CaseCodes.SentBack), day),
            CaseClosed closed => (closed.Ending == CaseEnding.Withdrawn ? Withdrawn(counted, Of) : counted).Stand(Of(CaseCodes.Closed), day).Stand(Of(CaseCodes.ClosedAs(closed.Ending)), day)
                .Stand(Of(CaseCodes.ClosingTook(closed.Stamp.At - after.Opened!.Stamp.At)), day),
            CaseReopened when before.Closing is { Ending: CaseEnding.Withdrawn } => counted.StandFirst(Of(CaseCodes.ToRespond), day),
            CaseUrged => counted.Add(Of(CaseCodes.Urged), day),
            CaseSupervised => counted.Add(Of(CaseCodes.Supervised), day),
            CaseCirculated => counted.Add(Of(CaseCodes.Circulated), day),
            CaseAccountabilityOpened blamed => Blamed(counted, blamed, before, Of),
            CaseClockMarked mark => Marked(counted, mark, before, Of),
            _ => counted,
        };
        return Revise(counted, before, after, day, Of);
    }

    private static CaseCounted Sent(CaseCounted counted, DateOnly day, CaseKind kind, Func<string, string> of)
    {
        counted = counted.Add(of(CaseCodes.Dispatched), day);
        return kind != CaseKind.HotlineOrder ? counted
            : ((string[])[CaseCodes.ToSign, CaseCodes.Returned, CaseCodes.Due(ClockKind.SignFor), CaseCodes.InTime(ClockKind.SignFor), CaseCodes.Unjudged(ClockKind.SignFor)])
                .Aggregate(counted, (left, code) => left.Settle(of(code))).Stand(of(CaseCodes.ToSign), day);
    }

    // Each time that the city sends an order it is signed for in time or not, once; who signs for it inside the bureau after that is no matter of the city's.
    private static bool IsJudged(CaseCounted counted, CaseState before, ClockKind clock, Func<string, string> of) =>
        clock != ClockKind.SignFor || before.Intake.Kind != CaseKind.HotlineOrder
        || (counted.Stands(of(CaseCodes.ToSign)) && !counted.Stands(of(CaseCodes.Due(clock))) && !counted.Stands(of(CaseCodes.Unjudged(clock))));

    // What the city takes back was not ours: neither signing for it nor contacting the citizen was due. That it was returned stays counted.
    private static CaseCounted Withdrawn(CaseCounted counted, Func<string, string> of) => ((ClockKind[])[ClockKind.SignFor, ClockKind.FirstResponse])
        .SelectMany(clock => (string[])[CaseCodes.Due(clock), CaseCodes.InTime(clock), CaseCodes.Unjudged(clock)]).Append(CaseCodes.ToSign).Append(CaseCodes.ToRespond)
        .Aggregate(counted, (left, code) => left.TakeBack(of(code)));

    // Of what is excluded nothing was to be put right, though it was.
    private static CaseCounted Excluded(CaseCounted counted, Func<string, string> of) =>
        ((string[])[CaseCodes.Due(ClockKind.Rectification), CaseCodes.InTime(ClockKind.Rectification), CaseCodes.Unjudged(ClockKind.Rectification)])
            .Aggregate(counted, (left, code) => left.TakeBack(of(code)));

    // What follows from where the case stands now, whichever event brought it there.
    private static CaseCounted Revise(CaseCounted counted, CaseState before, CaseState after, DateOnly day, Func<string, string> of)
    {
        if (before.Closing is { } closing && after.Closing is null)
        {
            counted = counted.Add(of(CaseCodes.Reopened), day).Lift(of(CaseCodes.Closed)).Lift(of(CaseCodes.ClosedAs(closing.Ending)))
                .Lift(of(CaseCodes.ClosingTook(closing.Stamp.At - after.Opened!.Stamp.At)));
        }

        if (before.FirstResponseAt is null && after.FirstResponseAt is { } first)
            counted = counted.Add(of(CaseCodes.FirstResponseTook(first - after.Opened!.Stamp.At)), day);
        if (before.Answer is { } answer && after.Answer is null)
            counted = counted.Lift(of(CaseCodes.AnsweredAs(answer.Outcome)));
        if (before.ToCallBack && !after.ToCallBack)
            counted = counted.Lift(of(CaseCodes.ToCallBack));
        if (after.Solved == true && before.Solved != true)
            counted = counted.Stand(of(CaseCodes.Confirmed), day);
        if (after.Solved != true)
            counted = counted.Lift(of(CaseCodes.Confirmed));
        if (after.Intake.Kind != CaseKind.BadRating)
            return counted;
        counted = after.IsValidBadRating ? counted.StandFirst(of(CaseCodes.Valid), day) : counted.Lift(of(CaseCodes.Valid));
        return after is { IsValidBadRating: true, Claim: not null } ? counted.StandFirst(of(CaseCodes.Rectified), day) : counted.Lift(of(CaseCodes.Rectified));
    }

    private static CaseCounted Told(CaseCounted counted, CaseFeedbackGiven e, CaseState before, CaseState after, Func<string, string> of)
    {
        var day = e.Stamp.Day;
        if (after.Answer is null || ReferenceEquals(before.Answer, after.Answer))
            return counted;
        if (before.Answer is { } earlier)
            counted = counted.Lift(of(CaseCodes.AnsweredAs(earlier.Outcome)));
        counted = counted.StandFirst(of(CaseCodes.Answered), day).Stand(of(CaseCodes.AnsweredAs(e.Outcome)), day);
        return e.CallBack ? counted.Stand(of(CaseCodes.ToCallBack), day) : counted;
    }

    private static CaseCounted CalledBack(CaseCounted counted, CaseCalledBack e, Func<string, string> of)
    {
        counted = counted.Settle(of(CaseCodes.ToCallBack)).Add(of(e.Reached ? CaseCodes.CalledBack : CaseCodes.CallBackUnreachable), e.Stamp.Day);
        if (e.Grade is not { } grade)
            return counted;
        counted = counted.Add(of(CaseCodes.CallBackGraded), e.Stamp.Day);
        return grade >= Grade.FairlySatisfied ? counted.Add(of(CaseCodes.CallBackSatisfied), e.Stamp.Day) : counted;
    }

    // Of an order that was called back twice the later result stands, as in the city's own figures.
    private static CaseCounted City(CaseCounted counted, CaseCalledBack e, Func<string, string> of)
    {
        var day = e.Stamp.Day;
        counted = counted.Stand(of(CaseCodes.CityCalledBack), day);
        counted = e.Solved == true ? counted.Stand(of(CaseCodes.CitySolved), day) : counted.Lift(of(CaseCodes.CitySolved));
        return e.Grade >= Grade.FairlySatisfied ? counted.Stand(of(CaseCodes.CitySatisfied), day) : counted.Lift(of(CaseCodes.CitySatisfied));
    }

    // A deadline that passes is due on the day on which that is found, and is not due once more when the work is done late.
    private static CaseCounted Blamed(CaseCounted counted, CaseAccountabilityOpened e, CaseState before, Func<string, string> of)
    {
        counted = counted.Add(of(CaseCodes.Accountability(e.For)), e.Stamp.Day);
        return e.Clock is { } clock && IsJudged(counted, before, clock, of) ? counted.Stand(of(CaseCodes.Due(clock)), e.Stamp.Day) : counted;
    }

    private static CaseCounted Marked(CaseCounted counted, CaseClockMarked e, CaseState before, Func<string, string> of)
    {
        var (due, inTime, unjudged) = (of(CaseCodes.Due(e.Clock)), of(CaseCodes.InTime(e.Clock)), of(CaseCodes.Unjudged(e.Clock)));
        if (e.Done && !before.Overdue.ContainsKey(e.Clock) && IsJudged(counted, before, e.Clock, of))
        {
            counted = e.Deadline is not { } deadline ? counted.Stand(unjudged, e.Stamp.Day)
                : e.Stamp.At <= deadline ? counted.Stand(due, e.Stamp.Day).Stand(inTime, e.Stamp.Day)
                : counted.Stand(due, e.Stamp.Day);
        }

        return e.Mark switch
        {
            // Each run is judged for itself: what was judged before lasts. Of an order, what lasts follows from when the city sends it.
            ClockMarkKind.Restarted when e.Clock == ClockKind.SignFor && before.Intake.Kind == CaseKind.HotlineOrder => counted,
            ClockMarkKind.Restarted => counted.Settle(due).Settle(inTime).Settle(unjudged),
            // Supervision gave another limit: what passed by the old one is judged by the new one.
            ClockMarkKind.LimitChanged when before.Overdue.ContainsKey(e.Clock) => counted.Lift(due),
            // What is no longer wanted, such as the rectification of an excluded rating or an order that the city took back, was never due.
            ClockMarkKind.Stopped when !e.Done && (e.Clock == ClockKind.Rectification || before.Closing is { Ending: CaseEnding.Withdrawn }) => counted.Lift(due),
            _ => counted,
        };
    }
}
