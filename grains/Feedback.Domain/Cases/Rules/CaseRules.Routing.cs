using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

public static partial class CaseRules
{
    private static Refusal? Open(OpenCase c, CaseSteps steps)
    {
        var (intake, context) = (c.Intake, steps.Context);
        if ((UnknownNode(steps, intake.Node, "node") ?? UnknownNode(steps, intake.Lead, "lead")) is { } unknown)
            return unknown;
        if (intake.Kind == CaseKind.BadRating && intake.Rating is null)
            return new Refusal("rating-missing", "rating");
        // Who takes something down learns who said it, and holds the codes of the citizen. Superiors may, and do not own it.
        if (Recusal.Refuses(intake.Persons, context.Actor, context.Line) == RecusalCause.Person)
            return new Refusal("recused", "about");
        steps.Then(new CaseOpened
        {
            Salt = steps.Salt(),
            Stamp = steps.Stamp,
            Intake = intake,
            ToSign = intake.Kind == CaseKind.HotlineOrder,
            Catalogue = context.Catalogue,
            Policy = context.Policy,
        });
        // The receiver owns it (首问负责); of what comes by itself somebody is named.
        Own(steps);
        foreach (var clock in (ClockKind[])[ClockKind.FirstResponse, ClockKind.Progress, ClockKind.Completion])
            steps.Start(clock);
        if (intake.Kind == CaseKind.BadRating)
            steps.Start(ClockKind.Rectification);
        if (intake.Kind == CaseKind.HotlineOrder)
            steps.Start(ClockKind.SignFor);
        if (steps.State.Owner is null)
            steps.Then(new NameAnOwner(intake.Persons.Any() ? Above(steps) : intake.Lead));
        return null;
    }

    // Supervision above the unit complained of; at the top there is nobody above.
    private static NodeId Above(CaseSteps steps)
    {
        var unit = steps.Context.Line.Unit ?? steps.State.Intake.Lead;
        return steps.Context.Tree.LineOn(unit, steps.Context.Today).Skip(1).FirstOrDefault()?.Id ?? unit;
    }

    private static Refusal? Dispatch(DispatchCase c, CaseSteps steps)
    {
        if (UnknownNode(steps, c.Lead, "lead") is { } unknown)
            return unknown;
        foreach (var node in c.Assisting)
        {
            if (UnknownNode(steps, node, "assisting") is { } other)
                return other;
        }

        steps.Stop(ClockKind.SignFor, done: false);
        steps.Then(new CaseDispatched
        {
            Salt = steps.Salt(),
            Stamp = steps.Stamp,
            Lead = c.Lead,
            Assisting = [.. c.Assisting.Where(node => node != c.Lead).Distinct().Order()],
            Reason = c.Reason,
        });
        steps.Start(ClockKind.SignFor);
        return null;
    }

    private static Refusal? Name(NameOwner c, CaseSteps steps)
    {
        var (state, context) = (steps.State, steps.Context);
        if (!c.Owner.IsOffice)
            return new Refusal("owner-unfit", "owner", c.Owner.Name);
        if (Recusal.Refuses(state, c.Owner, context.Line) is not null)
            return new Refusal("owner-recused", "owner", c.Owner.Name);
        // Who owns a case stays answerable: only supervision takes that from them.
        var supervises = (context.Actor.To(state, context.Tree, context.Today) & CaseParty.Supervisor) != CaseParty.None;
        if (state.Owner is not null && !supervises)
            return new Refusal("owner-by-supervision", "owner");
        if (state.Owner != c.Owner.Name)
            steps.Then(new CaseOwnerNamed { Salt = steps.Salt(), Stamp = steps.Stamp, Owner = c.Owner.Name });
        return null;
    }

    private static Refusal? SignFor(CaseSteps steps)
    {
        steps.Then(new CaseSignedFor { Salt = steps.Salt(), Stamp = steps.Stamp });
        OwnAsHandler(steps);
        steps.Stop(ClockKind.SignFor, done: true);
        return null;
    }

    private static Refusal? Return(ReturnCase c, CaseSteps steps)
    {
        steps.Then(new CaseReturned { Salt = steps.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        // Both are what the clock waits for, but only signing is receiving in time.
        steps.Stop(ClockKind.SignFor, done: false);
        return null;
    }

    private static Refusal? Withdraw(CaseSteps steps)
    {
        if (steps.State is not { Intake.Kind: CaseKind.HotlineOrder, Returned: true })
            return new Refusal("not-returned");
        steps.Then(new CaseClosed { Salt = steps.Salt(), Stamp = steps.Stamp, Ending = CaseEnding.Withdrawn });
        steps.StopAll(done: false);
        return null;
    }

    private static Refusal? Categorise(CategoriseCase c, CaseSteps steps)
    {
        if (string.IsNullOrWhiteSpace(c.Category))
            return new Refusal("category-unknown", "category");
        if (steps.State.Category != c.Category)
            steps.Then(new CaseCategorised { Salt = steps.Salt(), Stamp = steps.Stamp, Category = c.Category });
        return null;
    }

    private static Refusal? Merge(MergeCase c, CaseSteps steps)
    {
        var state = steps.State;
        if (c.Into == state.Id)
            return new Refusal("merge-into-itself", "into");
        if (state.Absorbed.Contains(c.Into))
            return new Refusal("merge-in-a-ring", "into");
        // Every bad rating is verified, put right and called back for itself.
        if (state.Intake.Kind == CaseKind.BadRating)
            return new Refusal("merge-bad-rating");
        switch (c.IntoStage)
        {
            case null: return new Refusal("case-unknown", "into", c.Into.Value);
            case CaseStage.Closed: return new Refusal("merge-into-closed", "into");
            case CaseStage.Merged: return new Refusal("merge-into-merged", "into");
        }

        steps.Then(new CaseMerged { Salt = steps.Salt(), Stamp = steps.Stamp, Into = c.Into });
        // The citizen still waits: first response and completion run on until they are told.
        steps.Stop(ClockKind.SignFor, done: false);
        steps.Stop(ClockKind.Progress, done: false);
        steps.Then(new TellAbsorbed(c.Into, state.Id, state.Absorbed));
        return null;
    }

    // Another case was merged into this one whatever became of this one meanwhile: it is heard at every stage, and once.
    private static Refusal? Absorb(AbsorbCase c, CaseSteps steps)
    {
        foreach (var other in c.With.Insert(0, c.Other).Where(other => other != steps.State.Id && !steps.State.Absorbed.Contains(other)))
        {
            steps.Then(new CaseAbsorbed { Salt = steps.Salt(), Stamp = steps.Stamp, Other = other });
            if (steps.State.Stage == CaseStage.Closed)
                steps.Then(new AnswerAbsorbed(other, steps.State.Id));
            else if (steps.State.Merging is { Into: var into } && into != other)
                steps.Then(new TellAbsorbed(into, other, []));
            else if (steps.State.Merging is not null)
                steps.Then(new AnswerAbsorbed(other, steps.State.Id));
        }

        // Cases merged in a ring: nobody goes on, so each is answered for itself.
        if (c.Other == steps.State.Id && steps.State.Merging is { Into: var ring })
            steps.Then(new AnswerAbsorbed(steps.State.Id, ring));
        else if (c.Other == steps.State.Id)
            return new Refusal("merge-into-itself", "other");
        return null;
    }
}
