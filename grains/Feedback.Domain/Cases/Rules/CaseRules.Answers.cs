using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

public static partial class CaseRules
{
    private static Refusal? Tell(GiveFeedback c, CaseSteps steps)
    {
        var (state, context) = (steps.State, steps.Context);
        if (string.IsNullOrWhiteSpace(c.Channel))
            return new Refusal("channel-missing", "channel");
        if (c.Outcome != FeedbackOutcome.NotReached && c.Words is null)
            return new Refusal("words-missing", "words");
        // Posting answers whom nobody can reach otherwise; the named who left a contact are told.
        if (c.Outcome == FeedbackOutcome.Posted && !state.Intake.Anonymous && state.CanBeReached)
            return new Refusal("answer-must-reach", "outcome");
        // Whoever must be called back is called to be told, too, where the matter tells whom to call: posting comes after attempts in vain.
        var isToBeCalled = state.AppealUpheld != true && context.Terms.CallBack.Contains(state.Intake.Kind);
        if (c.Outcome == FeedbackOutcome.Posted && state.Stage == CaseStage.Handled && isToBeCalled && state.Intake.Rating is { HasMatter: true })
            return new Refusal("call-first", "outcome", Invariant(context.Terms.Attempts));
        if (c.Outcome != FeedbackOutcome.Posted && !context.Actor.IsOffice)
            return new Refusal("step-not-yours", Value: "give-feedback");
        var unreachable = c.Outcome == FeedbackOutcome.NotReached && state.Answer is null && state.Attempts + 1 >= context.Terms.Attempts;
        // Whoever is reached after all, when attempts in vain had counted as the answer, is called back as any other.
        var callBack = c.Outcome == FeedbackOutcome.Reached && isToBeCalled
            && (state.Stage == CaseStage.Handled || state is { Stage: CaseStage.Answered, Answer.Outcome: FeedbackOutcome.NotReached });
        steps.Then(new CaseFeedbackGiven
        {
            Salt = steps.Salt(),
            Stamp = steps.Stamp,
            Channel = c.Channel,
            Outcome = c.Outcome,
            Words = c.Words,
            Unreachable = unreachable,
            CallBack = callBack,
        });
        if (c.Outcome == FeedbackOutcome.NotReached && !unreachable)
            return null;
        // Who could not be reached had no response: where that was not late already, it is not judged.
        steps.Stop(ClockKind.FirstResponse, done: !unreachable);
        steps.Stop(ClockKind.Progress, done: true);
        steps.Stop(ClockKind.Completion, done: true);
        if (callBack)
            steps.Start(ClockKind.CallBack);
        return null;
    }

    private static Refusal? Confirm(ConfirmCase c, CaseSteps steps)
    {
        var name = steps.Context.Actor.Name;
        if (CaseActor.IsOtherCitizen(name) ? steps.State.Heard.GetValueOrDefault(name) : steps.State.Solved == true && steps.State.Stage == CaseStage.Closed)
            return null;
        steps.Then(new CaseConfirmed { Salt = steps.Salt(), Stamp = steps.Stamp, Grade = c.Grade });
        // It is closed by the word of its own citizen, not by that of somebody whose case goes on as it.
        return CaseActor.IsOtherCitizen(name) || steps.State.Stage == CaseStage.Closed ? null : Close(steps);
    }

    private static Refusal? Dispute(DisputeCase c, CaseSteps steps)
    {
        steps.Then(new CaseDisputed { Salt = steps.Salt(), Stamp = steps.Stamp, Words = c.Words });
        Anew(steps);
        return null;
    }

    private static Refusal? CallBack(CallCitizenBack c, CaseSteps steps, bool city)
    {
        var (state, context) = (steps.State, steps.Context);
        if (!city && state.Stage == CaseStage.Closed)
            return new Refusal("case-closed");
        if (!c.Reached && (c.Solved is not null || c.Grade is not null))
            return new Refusal("call-back-unheard", "reached");
        if (!city && (state.Intake.Kind == CaseKind.BadRating || state.Persons.Any()) && Recusal.RefusesCallingBack(state, context) is { } refusal)
            return refusal;
        var unreachable = !city && !c.Reached && state.CallAttempts + 1 >= context.Terms.Attempts;
        steps.Then(new CaseCalledBack
        {
            Salt = steps.Salt(),
            Stamp = steps.Stamp,
            City = city,
            Reached = c.Reached,
            Unreachable = unreachable,
            Solved = c.Solved,
            Grade = c.Grade,
            Words = c.Words,
        });
        if (!city && (c.Reached || unreachable))
            steps.Stop(ClockKind.CallBack, done: c.Reached);
        if (steps.State.Stage == CaseStage.Handling)
            Anew(steps);
        return null;
    }

    private static Refusal? SendBack(SendBackCase c, CaseSteps steps)
    {
        steps.Then(new CaseSentBack { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        Anew(steps);
        return null;
    }

    private static Refusal? Close(CaseSteps steps)
    {
        var state = steps.State;
        if (state.Answer is not { } answer)
            return new Refusal("answer-missing");
        if (state.ToCallBack)
            return new Refusal("call-back-missing");
        var ending = state.Solved == true ? CaseEnding.Confirmed : answer.Outcome switch
        {
            FeedbackOutcome.Posted => CaseEnding.Posted,
            FeedbackOutcome.NotReached => CaseEnding.Unreachable,
            _ => CaseEnding.Answered,
        };
        steps.Then(new CaseClosed { Salt = steps.Salt(), Stamp = steps.Stamp, Ending = ending });
        steps.StopAll(done: false);
        foreach (var other in state.Absorbed)
            steps.Then(new AnswerAbsorbed(other, state.Id));
        return null;
    }

    private static Refusal? CloseAsImported(CaseSteps steps)
    {
        if (steps.State.Intake.Imported is null)
            return new Refusal("not-imported");
        steps.Then(new CaseClosed { Salt = steps.Salt(), Stamp = steps.Stamp, Ending = CaseEnding.Imported });
        // The other system tells when it was done, and nothing of responses on the way.
        steps.Stop(ClockKind.Completion, done: true);
        steps.StopAll(done: false);
        return null;
    }

    private static Refusal? Reopen(ReopenCase c, CaseSteps steps)
    {
        var (state, context) = (steps.State, steps.Context);
        if (context.Actor.Outside == CaseParty.Citizen && context.Now > state.Closing!.Stamp.At + (context.Terms.ReopenDays * Day))
            return new Refusal("reopen-late", Value: Invariant(context.Terms.ReopenDays));
        if (context.Actor.Outside == CaseParty.Citizen && state.Reopened >= context.Terms.ReopenTimes)
            return new Refusal("reopen-often", Value: Invariant(context.Terms.ReopenTimes));
        steps.Then(new CaseReopened { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason, Words = c.Words });
        // What the city had taken back is with us once more, and the citizen is to hear from us.
        if (state.Closing is { Ending: CaseEnding.Withdrawn })
            steps.Start(ClockKind.FirstResponse);
        Anew(steps);
        return null;
    }

    // One more round: what clocks measured is kept, and they begin again. First response was met once and for all.
    private static void Anew(CaseSteps steps)
    {
        steps.Stop(ClockKind.CallBack, done: false);
        steps.Start(ClockKind.Progress);
        steps.Start(ClockKind.Completion);
        // Of bad ratings only what is true is put right.
        if (steps.State.Intake.Kind != CaseKind.BadRating || steps.State.IsValidBadRating)
            steps.Start(ClockKind.Rectification);
    }

    private static Refusal? Urge(UrgeCase c, CaseSteps steps)
    {
        steps.Then(new CaseUrged { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        return null;
    }

    private static Refusal? Supervise(SuperviseCase c, CaseSteps steps)
    {
        // The hotline's orders go by degrees: asked to hurry, watched over, criticised.
        if (steps.State is { Intake.Kind: CaseKind.HotlineOrder, Urged: 0 })
            return new Refusal("not-urged");
        if (!steps.State.Supervised)
            steps.Then(new CaseSupervised { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        return null;
    }

    private static Refusal? Circulate(CirculateCase c, CaseSteps steps)
    {
        if (!steps.State.Supervised)
            return new Refusal("not-supervised");
        steps.Then(new CaseCirculated { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        return null;
    }

    private static Refusal? AccountFor(OpenAccountability c, CaseSteps steps)
    {
        if (string.IsNullOrWhiteSpace(c.For) || (c.Clock is null) != (c.Deadline is null))
            return new Refusal("accountability-unfit", "for");
        var state = steps.State;
        // Due work may come twice, or after the work was done: then nothing happens.
        if (c.Clock is { } clock && (!state.IsLive(clock) || state.IsPaused(clock) || state.Overdue.ContainsKey(clock) || c.Deadline >= steps.Context.Now))
            return null;
        steps.Then(new CaseAccountabilityOpened { Salt = steps.Salt(), Stamp = steps.Stamp, For = c.For, Clock = c.Clock, Deadline = c.Deadline });
        return null;
    }

    private const long Day = 24L * 60 * 60 * 1000;
}
