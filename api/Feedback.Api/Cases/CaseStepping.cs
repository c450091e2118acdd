using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Api.Cases;

/// <summary>What somebody gives for a step, as words; each step takes some of them and refuses what it lacks.</summary>
public sealed record StepInput
{
    /// <summary>dispatch: the id or path of the lead unit.</summary>
    public string? Lead { get; init; }

    /// <summary>dispatch: ids or paths of the units that help.</summary>
    public IReadOnlyList<string> Assisting { get; init; } = [];

    /// <summary>name-owner: the name of an account.</summary>
    public string? Owner { get; init; }

    /// <summary>name-persons: the codes of all members of staff complained of; empty for nobody, null where nothing was said.</summary>
    public ImmutableArray<string>? About { get; init; }

    /// <summary>categorise: the code.</summary>
    public string? Category { get; init; }

    /// <summary>merge: the id or number of the case that goes on.</summary>
    public string? Into { get; init; }

    /// <summary>verify: true, partly or not.</summary>
    public string? Finding { get; init; }

    /// <summary>decide-appeal: whether it was right.</summary>
    public bool? Upheld { get; init; }

    /// <summary>handle: the result's code.</summary>
    public string? Result { get; init; }

    /// <summary>give-feedback: how the citizen was told.</summary>
    public string? Channel { get; init; }

    /// <summary>give-feedback: reached, not-reached or posted.</summary>
    public string? Outcome { get; init; }

    /// <summary>call-back, city-call-back: whether somebody answered.</summary>
    public bool? Reached { get; init; }

    /// <summary>call-back, city-call-back: whether it is solved, as the citizen said.</summary>
    public bool? Solved { get; init; }

    /// <summary>confirm, call-back, city-call-back: how satisfied the citizen is, 1 to 5.</summary>
    public int? Grade { get; init; }

    /// <summary>account-for: what for.</summary>
    public string? For { get; init; }

    /// <summary>Steps of clocks: the clock's word.</summary>
    public string? Clock { get; init; }

    /// <summary>change-limit, ask-extension: a limit such as 5wd.</summary>
    public string? Limit { get; init; }

    /// <summary>decide-extension: whether there is more time.</summary>
    public bool? Granted { get; init; }

    /// <summary>note-progress: whether the citizen is told it.</summary>
    public bool? Told { get; init; }

    /// <summary>Why; short, without names and numbers of persons.</summary>
    public string? Reason { get; init; }

    /// <summary>What was said or done: personal text, which is kept apart.</summary>
    public string? Words { get; init; }
}

/// <summary>The one path by which people do something with a case, from pages and the API: words → command → case.</summary>
public sealed class CaseStepping(CaseCalls calls, CaseSight sight, AccessCheck access, IAudit audit, IAccounts? accounts = null)
{
    // What the service does by itself is asked for by nobody.
    private static readonly ImmutableHashSet<string> OfTheService = ["absorb", "close-imported", "warn", "escalate", "attach"];

    /// <summary>Does a step.</summary>
    /// <param name="seen">The case as whoever acts sees it.</param>
    /// <param name="step">The step's word.</param>
    /// <param name="input">What they gave for it.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="expected">The version that they have seen; null for any.</param>
    /// <param name="requestId">Their own id of the request, by which a repeat is recognized; null for none.</param>
    /// <param name="reach">Where the units lie to which they may send the case; null for everywhere.</param>
    /// <param name="address">The IP address that they act from, for what is audited; null where it is not known.</param>
    public async Task<CaseAnswer> PerformAsync(
        SeenCase seen, string step, StepInput input, CaseActor actor, long? expected, string? requestId, NodeScope? reach = null, string? address = null)
    {
        var (command, refusal) = await CommandAsync(step, input, actor, reach ?? NodeScope.Everywhere);
        if (command is null)
            return CaseAnswer.Refuse(refusal!);
        try
        {
            // What somebody enters for the city is not done before it is audited; what is not possible is no such act.
            if (actor.IsOffice && command is WithdrawCase or CityCalledBack && seen.Steps.Contains(step) && (expected ?? seen.State.Version) == seen.State.Version)
                await audit.RecordAsync(new AuditEntry(Acts.CaseForCity, actor.Name) { Target = seen.State.Id.Value, Node = seen.State.Intake.Node, Reason = step, Address = address });
            // As where it is done from the list of ratings.
            if (command is ExcludeBadRating && seen.State.Intake.Rating is { } rating && seen.Steps.Contains(step))
            {
                await audit.RecordAsync(new AuditEntry(Acts.EvaluationExcluded, actor.Name)
                {
                    Target = string.Create(CultureInfo.InvariantCulture, $"{rating.Window}#{rating.Version}"),
                    Node = rating.Window,
                    Reason = input.Reason,
                    Address = address,
                });
            }
        }
        catch (JournalBusyException e)
        {
            return CaseAnswer.Refuse(e.Refusal);
        }

        return await calls.PerformAsync(seen.State.Id, new CaseRequest(command, actor) { Words = input.Words, Expected = expected, Id = requestId });
    }

    private async Task<(CaseCommand? Command, Refusal? Refusal)> CommandAsync(string step, StepInput input, CaseActor actor, NodeScope reach)
    {
        if (OfTheService.Contains(step))
            return (null, new Refusal("step-unknown", "step", step));
        // Reasons stand in the timeline, which more people read than may read texts.
        var (reason, unfitReason) = string.IsNullOrWhiteSpace(input.Reason) ? ("", null) : ReasonReader.Fit(input.Reason, ReasonReader.Shortest);
        if (reason is null)
            return (null, unfitReason);
        input = input with { Reason = reason.Length == 0 ? null : reason };
        switch (step)
        {
            case "dispatch":
                return await DispatchAsync(input, reach);
            case "name-owner":
                if (input.Owner is not { Length: > 0 } owner)
                    return Missing("owner");
                return accounts is not null && await accounts.FindByNameAsync(owner) is { Disabled: false } account
                    ? (new NameOwner(CaseActors.Of(account)), null)
                    : (null, new Refusal("account-unknown", "owner", owner));
            case "name-persons": return input.About is { } about ? (new NamePersons(about), null) : Missing("about");
            case "sign-for": return (new SignForCase(), null);
            case "return": return (new ReturnCase(reason), null);
            case "withdraw": return (new WithdrawCase(), null);
            case "categorise": return input.Category is { Length: > 0 } category ? (new CategoriseCase(category), null) : Missing("category");
            case "merge":
                if (input.Into is not { Length: > 0 } into)
                    return Missing("into");
                // Whoever is recused from the other case does nothing to that one either.
                return await sight.FindAsync(into, actor) is not { } found ? (null, new Refusal("case-unknown", "into", into))
                    : found.Withheld is { } withheld ? (null, withheld)
                    : (new MergeCase(found.State.Id, null), null);
            case "note-progress": return (new NoteProgress(null, input.Told ?? false), null);
            case "verify":
                return CaseWords.FindingOf(input.Finding ?? "") is { } finding ? (new VerifyRating(finding), null) : Unfit("finding-unknown", "finding", input.Finding);
            case "appeal": return (new AppealRating(reason), null);
            case "decide-appeal": return input.Upheld is { } upheld ? (new DecideAppeal(upheld, reason), null) : Missing("upheld");
            case "exclude-rating": return (new ExcludeBadRating(reason), null);
            case "handle": return (new HandleCase(input.Result?.Trim() ?? ""), null);
            case "give-feedback":
                return CaseWords.OutcomeOf(input.Outcome ?? "") is { } outcome
                    ? (new GiveFeedback(input.Channel?.Trim() ?? "", outcome, null), null)
                    : Unfit("outcome-unknown-word", "outcome", input.Outcome);
            case "confirm":
                var (given, unfit) = GradeOf(input);
                return unfit is null ? (new ConfirmCase(given), null) : (null, unfit);
            case "dispute": return (new DisputeCase(), null);
            case "call-back" or "city-call-back":
                var (grade, wrong) = GradeOf(input);
                if (wrong is not null)
                    return (null, wrong);
                if (input.Reached is not { } reached)
                    return Missing("reached");
                CaseCommand called = step == "call-back" ? new CallCitizenBack(reached, input.Solved, grade) : new CityCalledBack(reached, input.Solved, grade);
                return (called, null);
            case "send-back": return (new SendBackCase(reason), null);
            case "close": return (new CloseCase(), null);
            case "reopen": return (new ReopenCase(reason), null);
            case "urge": return (new UrgeCase(reason), null);
            case "supervise": return (new SuperviseCase(reason), null);
            case "circulate": return (new CirculateCase(reason), null);
            case "account-for": return (new OpenAccountability(input.For?.Trim() ?? ""), null);
            case "pause-clock": return ClockOf(input, clock => new PauseClock(clock, reason));
            case "resume-clock": return ClockOf(input, clock => new ResumeClock(clock));
            case "change-limit": return ClockOf(input, clock => new ChangeLimit(clock, input.Limit?.Trim() ?? "", reason));
            case "ask-extension": return ClockOf(input, clock => new AskExtension(clock, input.Limit?.Trim() ?? "", reason));
            case "decide-extension": return input.Granted is { } granted ? (new DecideExtension(granted, input.Reason), null) : Missing("granted");
            default: return (null, new Refusal("step-unknown", "step", step));
        }
    }

    private async Task<(CaseCommand?, Refusal?)> DispatchAsync(StepInput input, NodeScope reach)
    {
        if (input.Lead is not { Length: > 0 } lead)
            return Missing("lead");
        if (await access.FindAsync(lead, reach) is not { } unit)
            return (null, new Refusal("node-unknown", "lead", lead));
        var assisting = ImmutableArray.CreateBuilder<NodeId>();
        foreach (var other in input.Assisting)
        {
            if (await access.FindAsync(other, reach) is not { } node)
                return (null, new Refusal("node-unknown", "assisting", other));
            assisting.Add(node.Id);
        }

        return (new DispatchCase(unit.Id, assisting.ToImmutable(), input.Reason), null);
    }

    private static (Grade? Grade, Refusal? Refusal) GradeOf(StepInput input) =>
        input.Grade is null ? (null, null)
        : input.Grade is >= 1 and <= 5 and var grade ? ((Grade)grade, null)
        : (null, new Refusal("grade-out-of-range", "grade", $"{input.Grade}"));

    private static (CaseCommand?, Refusal?) ClockOf(StepInput input, Func<ClockKind, CaseCommand> command) =>
        ClockWords.ClockOf(input.Clock ?? "") is { } clock ? (command(clock), null) : Unfit("clock-unknown", "clock", input.Clock);

    private static (CaseCommand?, Refusal?) Missing(string field) => (null, new Refusal("member-missing", field));

    private static (CaseCommand?, Refusal?) Unfit(string code, string field, string? value) => (null, new Refusal(value is null ? "member-missing" : code, field, value));
}
