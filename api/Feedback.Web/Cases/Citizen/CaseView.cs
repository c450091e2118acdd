using System.Collections.Immutable;
using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Citizen;

/// <summary>A case as its citizen sees it.</summary>
public sealed record CaseView
{
    private const long DayMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>The readable number.</summary>
    public required string Number { get; init; }

    /// <summary>What it is, and the place that it concerns.</summary>
    public required (string Kind, string Place) About { get; init; }

    /// <summary>When it came in.</summary>
    public required string Received { get; init; }

    /// <summary>How far it is: 1 registered, 2 being handled, 3 answered, 4 closed.</summary>
    public required int Step { get; init; }

    /// <summary>What is promised, what is due first at first.</summary>
    public required ImmutableArray<PromisedTime> Promised { get; init; }

    /// <summary>When the office said that it is done; null while it does not say so.</summary>
    public string? Claimed { get; init; }

    /// <summary>Whether it is solved, as the citizen said last; null while nothing was said.</summary>
    public bool? Solved { get; init; }

    /// <summary>The answer that the citizen has; null while there is none.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether it goes on as another case.</summary>
    public bool Merged { get; init; }

    /// <summary>Whether what the citizen says about the answer goes on to that other case.</summary>
    public bool GoesOn { get; init; }

    /// <summary>What happened, the newest first.</summary>
    public required ImmutableArray<CaseTaleItem> Tale { get; init; }

    /// <summary>The words of what the citizen may do now.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    /// <summary>The day until which the citizen may reopen it; null while it is open.</summary>
    public string? ReopenUntil { get; init; }

    /// <summary>Whether that time is over.</summary>
    public bool ReopenOver { get; init; }

    /// <summary>Whether the citizen opened it again as often as is possible; then it is none of <see cref="Steps"/>.</summary>
    public bool ReopenOften { get; init; }

    /// <summary>Whether the citizen asked to hurry today; once a day counts.</summary>
    public bool UrgedToday { get; init; }

    /// <summary>The local day of the case's place.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Makes it of what the citizen may see.</summary>
    /// <param name="seen">The case as the citizen sees it.</param>
    /// <param name="bureau">The bureau.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="words">The words.</param>
    /// <param name="survivor">The case that goes on (<see cref="CitizenSteps.SurvivorOfAsync"/>); null for none.</param>
    public static CaseView Of(SeenCase seen, BureauState bureau, long now, PageWords words, SeenCase? survivor = null)
    {
        var (state, node) = (seen.State, bureau.Tree.Find(seen.State.Intake.Node));
        var times = new CaseTimesText(node?.Zone ?? HallZone.Get("UTC"), words);
        var going = survivor ?? seen;
        var often = going.State.Reopened >= going.Times.Terms.ReopenTimes;
        var until = going.State.Closing is { } closing ? closing.Stamp.At + (going.Times.Terms.ReopenDays * DayMilliseconds) : (long?)null;
        return new CaseView
        {
            Number = state.Intake.Number,
            About = (words["track-kind-" + state.Intake.Kind.Word()], node is null ? "" : words.PlaceOf(bureau.Tree, node)),
            Received = times.At(state.Opened!.Stamp.At),
            Step = StepOf(state),
            Promised = times.Promised(seen, now),
            Claimed = state.Claim is { } claim ? times.Day(claim.Stamp.At) : null,
            Solved = CitizenSteps.SolvedOf(seen, survivor),
            Answer = state.Answer?.Words is { } answer ? seen.Texts.FirstOrDefault(text => text.Ref == answer.Ref)?.Text : null,
            Merged = state.Stage == CaseStage.Merged,
            GoesOn = survivor is not null,
            Tale = new CaseTale(seen, bureau.Tree, times, words).Items(CitizenSteps.SaidOn(seen, survivor)),
            Steps = often ? CitizenSteps.StepsOf(seen, survivor).Remove("reopen") : CitizenSteps.StepsOf(seen, survivor),
            ReopenUntil = until is { } last ? times.Day(last) : null,
            ReopenOver = now > until,
            ReopenOften = often && until is not null,
            UrgedToday = seen.Record.Timeline.Any(one => one.Happened is CaseUrged { Stamp: var stamp } && stamp.Day == seen.Times.Today && stamp.By == CaseActor.Citizen.Name),
            Today = seen.Times.Today,
        };
    }

    private static int StepOf(CaseState state) => state.Stage switch
    {
        CaseStage.Registered => 1,
        CaseStage.Answered => 3,
        CaseStage.Closed => 4,
        CaseStage.Merged when state.Answer is not null => 3,
        _ => 2,
    };
}
