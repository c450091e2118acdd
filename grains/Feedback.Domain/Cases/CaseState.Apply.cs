using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

public sealed partial record CaseState
{
    /// <summary>The fold of a stream's events from the first one on.</summary>
    public static CaseState Fold(CaseId id, IEnumerable<JournalEvent> events) => events.Aggregate(new CaseState(id), (state, happened) => state.Apply(happened));

    /// <summary>The case after one more event.</summary>
    /// <exception cref="UnknownKindException">The event is none of a case.</exception>
    public CaseState Apply(JournalEvent happened)
    {
        var next = Next(happened) with { Version = Version + 1 };
        return happened is CaseEvent fact ? next with { Counted = CaseFlows.Count(this, fact, next) } : next;
    }

    private CaseState Next(JournalEvent happened) => happened switch
    {
        CaseOpened e => this with
        {
            Opened = e,
            Stage = e.ToSign ? CaseStage.Dispatched : e.Intake.Kind == CaseKind.BadRating ? CaseStage.Verifying : CaseStage.Registered,
            Lead = e.Intake.Lead,
            Assisting = e.Intake.Assisting,
            Category = e.Intake.Category,
            About = e.Intake.About,
            SentTo = e.ToSign ? e.Intake.Lead : null,
        },
        CaseDispatched e => this with
        {
            Stage = CaseStage.Dispatched,
            Lead = e.Lead,
            Assisting = e.Assisting,
            Returned = false,
            SentTo = e.City ? e.Lead : SentTo,
            Received = Received && !e.City,
        },
        CaseOwnerNamed e => this with { Owner = e.Owner },
        CaseOwnerReleased => this with { Owner = null },
        CasePersonsNamed e => this with { About = e.Staff },
        CaseSignedFor => this with { Stage = Intake.Kind == CaseKind.BadRating && Finding is null ? CaseStage.Verifying : CaseStage.Handling, Received = true },
        CaseReturned => this with { Stage = CaseStage.Registered, Returned = Intake.Kind != CaseKind.HotlineOrder || Lead == SentTo },
        CaseCategorised e => this with { Category = e.Category },
        CaseMerged e => this with { Stage = CaseStage.Merged, Merging = e },
        CaseAbsorbed e => this with { Absorbed = Absorbed.Add(e.Other) },
        CaseProgressed e => this with
        {
            Stage = Stage == CaseStage.Registered && Intake.Kind != CaseKind.BadRating ? CaseStage.Handling : Stage,
            // Who works on what was returned has taken it up after all.
            Returned = Returned && Intake.Kind == CaseKind.BadRating,
            FirstResponseAt = FirstResponseAt ?? (e.Told ? e.Stamp.At : null),
        },
        CaseHandled e => this with { Stage = CaseStage.Handled, Claim = e, WasClaimed = true, Returned = false },
        CaseAttached => this with { Files = Files + 1 },
        CaseVerified e => this with { Stage = CaseStage.Handling, Finding = e.Finding },
        CaseAppealed e => this with { Stage = CaseStage.Appealed, Appeal = e, BeforeAppeal = Stage },
        // Whoever has the answer has it, though supervision excludes the rating after that.
        CaseAppealDecided e => this with
        {
            Stage = Stage is CaseStage.Answered or CaseStage.Closed ? Stage : e.Upheld ? CaseStage.Handled : BeforeAppeal,
            Returned = Returned && !e.Upheld,
            ToCallBack = ToCallBack && !e.Upheld,
            AppealUpheld = e.Upheld,
        },
        CaseFeedbackGiven e => Told(e),
        // That it is solved for somebody else says nothing about the citizen's own matter; that it is not is heard.
        CaseConfirmed e when CaseActor.IsOtherCitizen(e.Stamp.By) => HeardFrom(e, solved: true),
        CaseConfirmed => this with { Solved = true, ToCallBack = false },
        CaseDisputed e => HeardFrom(e, solved: false).GoneBack() with { Solved = false },
        CaseCalledBack e => CalledBack(e),
        CaseSentBack => GoneBack() with { Solved = false },
        CaseClosed e => this with { Stage = CaseStage.Closed, Closing = e, ToCallBack = false, Extension = null },
        CaseReopened e => e.Stamp.By == CaseActor.Citizen.Name || CaseActor.IsOtherCitizen(e.Stamp.By)
            ? Unconfirmed().HeardFrom(e, solved: false).GoneBack() with { Solved = false, Reopened = Reopened + 1 }
            : Unconfirmed().GoneBack(),
        CaseUrged e => this with { Urged = Urged + 1, Pressed = true, Chased = Chased + (e.Stamp.By == CaseActor.System.Name ? 1 : 0) },
        CaseSupervised => this with { Supervised = true, Pressed = true },
        CaseCirculated => this with { Circulated = true },
        CaseAccountabilityOpened e => e is { Clock: { } clock, Deadline: { } deadline } ? this with { Overdue = Overdue.SetItem(clock, deadline) } : this,
        CaseWarned e => this with { Warned = Warned.SetItem(e.Clock, e.Deadline) },
        CaseEscalated e => this with { Escalated = Escalated.SetItem(e.Clock, e.Level) },
        CaseClockMarked e => Marked(e),
        CaseExtensionAsked e => this with { Extension = e },
        CaseExtensionDecided => this with { Extension = null },
        PersonalTextErased e => this with { Erased = Erased.Add(e.Ref) },
        _ => throw new UnknownKindException(happened.GetType().Name, 1),
    };

    private CaseState Told(CaseFeedbackGiven e)
    {
        if (e is { Outcome: FeedbackOutcome.NotReached, Unreachable: false })
            return this with { Attempts = Attempts + 1 };
        // An answer that reached the citizen takes the place of one that did not; never the other way round.
        var answer = Answer is null or { Outcome: FeedbackOutcome.NotReached } ? e : Answer;
        return this with
        {
            Stage = Stage == CaseStage.Handled ? CaseStage.Answered : Stage,
            Answer = answer,
            FirstResponseAt = FirstResponseAt ?? (e.Outcome == FeedbackOutcome.NotReached ? null : e.Stamp.At),
            ToCallBack = ToCallBack || e.CallBack,
            Pressed = false,
        };
    }

    private CaseState HeardFrom(CaseEvent e, bool solved) => CaseActor.IsOtherCitizen(e.Stamp.By) ? this with { Heard = Heard.SetItem(e.Stamp.By, solved) } : this;

    // Whoever opens it again: what was confirmed was another answer. That it is not solved stays said.
    private CaseState Unconfirmed() => this with
    {
        Solved = Solved == true ? null : Solved,
        Heard = Heard.RemoveRange(Heard.Where(one => one.Value).Select(one => one.Key)),
    };

    private CaseState CalledBack(CaseCalledBack e)
    {
        var heard = this with { Solved = e.Solved ?? Solved };
        if (e.City)
            return heard;
        if (e is { Reached: false, Unreachable: false })
            return heard with { CallAttempts = CallAttempts + 1 };
        return e.Solved == false && Stage == CaseStage.Answered ? heard.GoneBack() : heard with { ToCallBack = false };
    }

    // Answer, claim and attempts are those of one round; what clocks and figures keep of earlier rounds stays. So does an order of
    // supervision: it waits for an answer that holds.
    private CaseState GoneBack() => this with
    {
        Stage = CaseStage.Handling,
        Returned = false,
        Claim = null,
        Answer = null,
        Attempts = 0,
        CallAttempts = 0,
        ToCallBack = false,
        Pressed = Pressed || Supervised,
        Closing = null,
    };

    private CaseState Marked(CaseClockMarked e)
    {
        var marks = Clocks.GetValueOrDefault(e.Clock, []);
        var clocks = Clocks.SetItem(e.Clock, marks.Add(new CaseClockMark(e.Mark, e.From ?? e.Stamp.At, e.Limit, e.Reason)));
        // A new run or another limit is judged anew.
        var isAnew = e.Mark is ClockMarkKind.Restarted or ClockMarkKind.LimitChanged;
        var extension = e.Mark == ClockMarkKind.Stopped && Extension?.Clock == e.Clock ? null : Extension;
        return this with
        {
            Clocks = clocks,
            Overdue = isAnew ? Overdue.Remove(e.Clock) : Overdue,
            Warned = isAnew ? Warned.Remove(e.Clock) : Warned,
            Escalated = isAnew ? Escalated.Remove(e.Clock) : Escalated,
            Chased = isAnew && e.Clock == ClockKind.Completion ? 0 : Chased,
            Circulated = Circulated && !(isAnew && e.Clock == ClockKind.Completion),
            Extension = extension,
        };
    }
}
