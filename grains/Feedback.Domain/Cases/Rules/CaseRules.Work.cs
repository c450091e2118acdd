using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

public static partial class CaseRules
{
    private static Refusal? Progress(NoteProgress c, CaseSteps steps)
    {
        if (c.Note is null)
            return new Refusal("words-missing", "note");
        TakeUp(steps);
        steps.Then(new CaseProgressed { Salt = steps.Salt(), Stamp = steps.Stamp, Note = c.Note, Told = c.Told });
        OwnAsHandler(steps);
        // A note among colleagues is no word to the citizen: whatever waits for one waits on.
        if (!c.Told)
            return null;
        steps.Stop(ClockKind.FirstResponse, done: true);
        if (steps.State.IsLive(ClockKind.Progress))
            steps.Start(ClockKind.Progress, done: true);
        return null;
    }

    private static Refusal? Attach(AttachFile c, CaseSteps steps)
    {
        if (steps.State.Files >= MostFiles)
            return new Refusal("files-too-many", Value: Invariant(MostFiles));
        steps.Then(new CaseAttached { Salt = steps.Salt(), Stamp = steps.Stamp, File = c.File, Type = c.Type, Size = c.Size, Hash = c.Hash });
        return null;
    }

    private static Refusal? Verify(VerifyRating c, CaseSteps steps)
    {
        if (Recusal.RefusesVerifying(steps.State, steps.Context) is { } refusal)
            return refusal;
        steps.Then(new CaseVerified { Salt = steps.Salt(), Stamp = steps.Stamp, Finding = c.Finding });
        OwnAsHandler(steps);
        if (c.Finding == RatingFinding.Not)
            steps.Stop(ClockKind.Rectification, done: false);
        return null;
    }

    private static Refusal? Appeal(AppealRating c, CaseSteps steps)
    {
        var state = steps.State;
        if (state.Intake.Kind != CaseKind.BadRating)
            return new Refusal("appeal-not-here");
        if (state.Appeal is not null || state.AppealUpheld is not null)
            return new Refusal("appeal-decided");
        // Whoever put it right agreed with it.
        if (state.WasClaimed)
            return new Refusal("appeal-late");
        steps.Then(new CaseAppealed { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason, Words = c.Words });
        if (state.IsLive(ClockKind.Rectification) && !state.IsPaused(ClockKind.Rectification))
            steps.Mark(ClockKind.Rectification, ClockMarkKind.Paused, reason: CaseReasons.Appeal);
        return null;
    }

    private static Refusal? Decide(DecideAppeal c, CaseSteps steps)
    {
        var (state, context) = (steps.State, steps.Context);
        if (state.Appeal!.Stamp.By == context.Actor.Name)
            return new Refusal("appeal-own");
        if (Recusal.IsInside(context.Actor, context.Line, context.Tree, context.Today))
            return new Refusal("review-inside");
        steps.Then(new CaseAppealDecided { Salt = steps.Salt(), Stamp = steps.Stamp, Upheld = c.Upheld, Reason = c.Reason });
        if (c.Upheld)
            TakeOut(steps, c.Reason);
        else if (state.Clocks.GetValueOrDefault(ClockKind.Rectification, []).LastOrDefault(mark => mark.Kind != ClockMarkKind.LimitChanged) is { Kind: ClockMarkKind.Paused, Reason: CaseReasons.Appeal })
        {
            steps.Mark(ClockKind.Rectification, ClockMarkKind.Resumed);
        }

        return null;
    }

    // What supervision excludes by itself is decided like an appeal: by nobody inside, once, and with all that follows from one that is upheld.
    private static Refusal? Exclude(ExcludeBadRating c, CaseSteps steps)
    {
        if (Recusal.RefusesExcluding(steps.State, steps.Context) is { } refusal)
            return refusal;
        if (steps.State.AppealUpheld == true)
            return null;
        steps.Then(new CaseAppealDecided { Salt = steps.Salt(), Stamp = steps.Stamp, Upheld = true, Reason = c.Reason });
        steps.Stop(ClockKind.SignFor, done: false);
        steps.Stop(ClockKind.CallBack, done: false);
        TakeOut(steps, c.Reason);
        return null;
    }

    private static void TakeOut(CaseSteps steps, string reason)
    {
        steps.Stop(ClockKind.Rectification, done: false);
        var rating = steps.State.Intake.Rating!;
        steps.Then(new ExcludeRating(rating.Window, rating.Version, reason));
    }

    private static Refusal? Handle(HandleCase c, CaseSteps steps)
    {
        if (string.IsNullOrWhiteSpace(c.Result))
            return new Refusal("result-missing", "result");
        // What is excluded needs no looking into.
        if (steps.State is { Intake.Kind: CaseKind.BadRating, Finding: null, AppealUpheld: not true })
            return new Refusal("not-verified");
        OwnAsHandler(steps);
        TakeUp(steps);
        steps.Then(new CaseHandled { Salt = steps.Salt(), Stamp = steps.Stamp, Result = c.Result, Note = c.Note });
        steps.Stop(ClockKind.Rectification, done: true);
        return null;
    }

    private static Refusal? Pause(PauseClock c, CaseSteps steps)
    {
        if (!steps.State.IsLive(c.Clock))
            return new Refusal("clock-not-running", "clock", c.Clock.Word());
        if (steps.State.IsPaused(c.Clock))
            return new Refusal("clock-paused", "clock", c.Clock.Word());
        if (steps.State.Overdue.ContainsKey(c.Clock))
            return new Refusal("clock-overdue", "clock", c.Clock.Word());
        steps.Mark(c.Clock, ClockMarkKind.Paused, reason: c.Reason);
        return null;
    }

    private static Refusal? Resume(ResumeClock c, CaseSteps steps)
    {
        if (!steps.State.IsPaused(c.Clock))
            return new Refusal("clock-not-paused", "clock", c.Clock.Word());
        if (steps.State.PausedFor(c.Clock) == CaseReasons.Returned)
            return new Refusal("clock-returned", "clock", c.Clock.Word());
        steps.Mark(c.Clock, ClockMarkKind.Resumed);
        return null;
    }

    private static Refusal? Change(ChangeLimit c, CaseSteps steps)
    {
        if (!steps.State.IsLive(c.Clock))
            return new Refusal("clock-not-running", "clock", c.Clock.Word());
        if (string.IsNullOrWhiteSpace(c.Limit))
            return new Refusal("limit-missing", "limit");
        steps.Mark(c.Clock, ClockMarkKind.LimitChanged, c.Limit, c.Reason);
        return null;
    }

    private static Refusal? Ask(AskExtension c, CaseSteps steps)
    {
        var state = steps.State;
        if (!state.IsLive(c.Clock))
            return new Refusal("clock-not-running", "clock", c.Clock.Word());
        if (string.IsNullOrWhiteSpace(c.Limit))
            return new Refusal("limit-missing", "limit");
        if (state.Extension is not null)
            return new Refusal("extension-asked");
        if (!steps.Context.Terms.ExtensionsLate && (state.Overdue.ContainsKey(c.Clock) || steps.Context.Deadlines.GetValueOrDefault(c.Clock) < steps.Context.Now))
            return new Refusal("extension-late", "clock", c.Clock.Word());
        if (steps.Context.Terms.Extensions is { } most && state.Clocks[c.Clock].Count(mark => mark is { Kind: ClockMarkKind.LimitChanged, Reason: CaseReasons.Extension }) >= most)
            return new Refusal("extensions-used", "clock", Invariant(most));
        steps.Then(new CaseExtensionAsked { Salt = steps.Salt(), Stamp = steps.Stamp, Clock = c.Clock, Limit = c.Limit, Reason = c.Reason });
        return null;
    }

    private static Refusal? Decide(DecideExtension c, CaseSteps steps)
    {
        if (steps.State.Extension is not { } asked)
            return new Refusal("extension-none");
        if (asked.Stamp.By == steps.Context.Actor.Name)
            return new Refusal("extension-own");
        steps.Then(new CaseExtensionDecided { Salt = steps.Salt(), Stamp = steps.Stamp, Granted = c.Granted, Reason = c.Reason });
        if (c.Granted && steps.State.IsLive(asked.Clock))
            steps.Mark(asked.Clock, ClockMarkKind.LimitChanged, asked.Limit, CaseReasons.Extension);
        return null;
    }
}
