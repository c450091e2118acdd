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
        // Findings of an inspection and bad ratings are put right; of the latter the appeal and what is found to be untrue end that again.
        foreach (var clock in (ClockKind[])[ClockKind.FirstResponse, ClockKind.Progress, ClockKind.Completion, ClockKind.Rectification])
            steps.Start(clock, from: SentAt(intake, context.Now));
        if (intake.Kind == CaseKind.HotlineOrder)
        {
            steps.Start(ClockKind.SignFor, from: SentAt(intake, context.Now));
            SetCityLimit(c, steps);
        }

        if (steps.State.Owner is null)
            steps.Then(new NameAnOwner(intake.Persons.Any() ? Above(steps, context.Line) : intake.Lead));
        return null;
    }

    // Together with the opening: or else somebody could be made accountable by our limit before the city's is known.
    private static void SetCityLimit(OpenCase c, CaseSteps steps)
    {
        if (steps.State.IsLive(ClockKind.Completion)
            && (c.Limit ?? (c.Due is { } due ? Limit.Between(steps.State.Clocks[ClockKind.Completion][0].At, due).ToString() : null)) is { } limit)
            steps.Mark(ClockKind.Completion, ClockMarkKind.LimitChanged, limit, CaseReasons.CityLimit);
    }

    /// <summary>
    /// When the city sent an order, milliseconds UTC, from which its clocks run, whenever the list with it is imported; null for what is no
    /// order of the city's, for one that does not tell it, and where it lies in the future or more than <see cref="OldestOrder"/> days back:
    /// that is a wrong date or history, and its clocks run from the opening on.
    /// </summary>
    /// <remarks>
    /// A deadline that has passed when the order comes in is late as any other: somebody is made accountable for it at once, whatever steps of
    /// telling those above and of chasing have come due since are made at once, and what is then done was not done in time. Nobody is warned of it.
    /// </remarks>
    private static long? SentAt(CaseIntake intake, long now) =>
        intake is { Kind: CaseKind.HotlineOrder, External: not null, Imported: null, OccurredAt: { UtcMilliseconds: var sent } } && sent < now && sent >= now - (OldestOrder * Day) ? sent : null;

    // Supervision above the unit complained of; at the top there is nobody above.
    private static NodeId Above(CaseSteps steps, CaseLine line)
    {
        var unit = line.Unit ?? steps.State.Intake.Lead;
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

        // The city waits for one signature each time that it sends an order, wherever the order goes inside the bureau meanwhile.
        var city = steps.Context.Actor.Outside == CaseParty.City;
        var awaited = !city && IsAwaited(steps.State);
        if (!awaited)
            steps.Stop(ClockKind.SignFor, done: false);
        steps.Then(new CaseDispatched
        {
            Salt = steps.Salt(),
            Stamp = steps.Stamp,
            Lead = c.Lead,
            Assisting = [.. c.Assisting.Where(node => node != c.Lead).Distinct().Order()],
            Reason = c.Reason,
            City = city,
        });
        RunOn(steps);
        if (!awaited)
            steps.Start(ClockKind.SignFor);
        Release(steps);
        return null;
    }

    // Whether the city waits for somebody to sign for its order.
    private static bool IsAwaited(CaseState state) =>
        state is { Intake.Kind: CaseKind.HotlineOrder, Received: false } && state.IsLive(ClockKind.SignFor);

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
        // Both are what the clock waits for, but only signing is receiving in time. What one unit gives back to another is still awaited.
        if (steps.State.IsWithCity || !IsAwaited(steps.State))
            steps.Stop(ClockKind.SignFor, done: false);
        if (steps.State.IsWithCity)
            StandStill(steps);
        return null;
    }

    // Who works on what came back takes it up after all: that is signing for it, where somebody still waits for that.
    private static void TakeUp(CaseSteps steps)
    {
        RunOn(steps);
        if (steps.State.Stage == CaseStage.Registered && steps.State.IsLive(ClockKind.SignFor))
            SignFor(steps);
    }

    // What was lawfully returned waits for the city: nobody is blamed, chased or criticised for that time.
    private static void StandStill(CaseSteps steps)
    {
        foreach (var clock in ClockWords.All.Where(clock => steps.State.IsLive(clock) && !steps.State.IsPaused(clock)).ToList())
            steps.Mark(clock, ClockMarkKind.Paused, reason: CaseReasons.Returned);
    }

    // It was sent again, or taken up after all. What stood still for another reason goes on standing still.
    private static void RunOn(CaseSteps steps)
    {
        foreach (var clock in ClockWords.All.Where(clock => steps.State.PausedFor(clock) == CaseReasons.Returned).ToList())
            steps.Mark(clock, ClockMarkKind.Resumed);
    }

    private static Refusal? Withdraw(CaseSteps steps)
    {
        if (Recusal.RefusesForCity(steps.State, steps.Context) is { } refusal)
            return refusal;
        if (steps.State is not { Intake.Kind: CaseKind.HotlineOrder, Returned: true })
            return new Refusal("not-returned");
        steps.Then(new CaseClosed { Salt = steps.Salt(), Stamp = steps.Stamp, Ending = CaseEnding.Withdrawn });
        steps.StopAll(done: false);
        foreach (var other in steps.State.Absorbed)
            steps.Then(new AnswerAbsorbed(other, steps.State.Id));
        return null;
    }

    private static Refusal? Categorise(CategoriseCase c, CaseSteps steps)
    {
        if (string.IsNullOrWhiteSpace(c.Category))
            return new Refusal("category-unknown", "category");
        if (steps.State.Category == c.Category)
            return null;
        steps.Then(new CaseCategorised { Salt = steps.Salt(), Stamp = steps.Stamp, Category = c.Category });
        foreach (var clock in Enum.GetValues<ClockKind>())
        {
            if (OtherLimitOf(clock, steps) is { } limit)
                steps.Mark(clock, ClockMarkKind.LimitChanged, limit, CaseReasons.Category);
        }

        return null;
    }

    // The limit that another category gives a clock, where it differs from what the category before gives. A deadline that passed stays
    // passed: nobody categorises themselves out of it. So does a limit that somebody granted or set.
    private static string? OtherLimitOf(ClockKind clock, CaseSteps steps)
    {
        var (state, context) = (steps.State, steps.Context);
        if (!state.IsLive(clock) || context.NewLimits?.GetValueOrDefault(clock) is not { } limit || limit == context.Terms.Limits.GetValueOrDefault(clock))
            return null;
        if (state.Overdue.ContainsKey(clock) || context.Deadlines.GetValueOrDefault(clock) < context.Now)
            return null;
        var set = state.Clocks[clock].Last(mark => mark.Limit is not null);
        return set.Limit == limit || set is { Kind: ClockMarkKind.LimitChanged, Reason: not CaseReasons.Category } ? null : limit;
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
        // The city goes on with its order: it calls back about it and sends it back.
        if (state.Intake.Kind == CaseKind.HotlineOrder)
            return new Refusal("merge-hotline-order");
        switch (c.IntoStage)
        {
            case null: return new Refusal("case-unknown", "into", c.Into.Value);
            case CaseStage.Closed: return new Refusal("merge-into-closed", "into");
            case CaseStage.Merged: return new Refusal("merge-into-merged", "into");
        }

        steps.Then(new CaseMerged { Salt = steps.Salt(), Stamp = steps.Stamp, Into = c.Into });
        // The citizen still waits: first response and completion run on until they are told. What they waited for concerns the other case now.
        foreach (var clock in (ClockKind[])[ClockKind.FirstResponse, ClockKind.Completion])
        {
            if (state.IsPaused(clock))
                steps.Mark(clock, ClockMarkKind.Resumed);
        }

        steps.Stop(ClockKind.SignFor, done: false);
        steps.Stop(ClockKind.Progress, done: false);
        // It is put right where it goes on.
        steps.Stop(ClockKind.Rectification, done: false);
        steps.Then(new TellAbsorbed(c.Into, state.Id, state.Absorbed) { About = [.. state.Persons] });
        return null;
    }

    // Another case was merged into this one whatever became of this one meanwhile: it is heard at every stage, and once.
    private static Refusal? Absorb(AbsorbCase c, CaseSteps steps)
    {
        var heard = steps.State.Absorbed.Length;
        foreach (var other in c.With.Insert(0, c.Other).Where(other => other != steps.State.Id && !steps.State.Absorbed.Contains(other)))
        {
            steps.Then(new CaseAbsorbed { Salt = steps.Salt(), Stamp = steps.Stamp, Other = other });
            if (steps.State.Stage == CaseStage.Closed)
                steps.Then(new AnswerAbsorbed(other, steps.State.Id));
            else if (steps.State.Merging is { Into: var into } && into != other)
                steps.Then(new TellAbsorbed(into, other, []) { About = c.About });
            else if (steps.State.Merging is not null)
                steps.Then(new AnswerAbsorbed(other, steps.State.Id));
        }

        // Whoever is complained of in the other case is kept from this one, too, and owns it no more.
        if (steps.State.Absorbed.Length > heard && steps.State.Merging is null && c.About.Except(steps.State.Persons).Any())
            Complained(new NamePersons([.. steps.State.About, .. c.About]), steps);

        // Cases merged in a ring: nobody goes on, so each is answered for itself.
        if (c.Other == steps.State.Id && steps.State.Merging is { Into: var ring })
            steps.Then(new AnswerAbsorbed(steps.State.Id, ring));
        else if (c.Other == steps.State.Id)
            return new Refusal("merge-into-itself", "other");
        return null;
    }
}
