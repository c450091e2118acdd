using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>A case as its citizen sees it: what they said, what they were told, and when they hear more. Names of nobody.</summary>
/// <param name="Number">Its readable number.</param>
/// <param name="Code">The tracking code, with which the citizen acts on it.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Stage">Where it stands; merged where it goes on with others' matters.</param>
/// <param name="OpenedAt">When it was received.</param>
/// <param name="Day">The local day of that.</param>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="Handled">Whether the office says that it is done.</param>
/// <param name="Answered">Whether there is an answer.</param>
/// <param name="Solved">Whether it is solved, as the citizen said last; null while nothing was said.</param>
/// <param name="Next">What is due next; null where nothing is.</param>
/// <param name="Timeline">What the citizen did and was told, oldest first.</param>
/// <param name="Files">The files that the citizen sent.</param>
/// <param name="Steps">What the citizen may do now: confirm, dispute, reopen, urge.</param>
public sealed record TrackedCase(
    string Number, string Code, string Kind, string Stage, DateTimeOffset OpenedAt, DateOnly Day, DateTimeOffset? ClosedAt, bool Handled, bool Answered, bool? Solved,
    TrackedClock? Next, IReadOnlyList<TrackedHappening> Timeline, IReadOnlyList<CaseFileView> Files, IReadOnlyList<string> Steps)
{
    /// <summary>What a citizen may do.</summary>
    internal static readonly IReadOnlyList<string> TheirSteps = ["confirm", "dispute", "reopen", "urge"];

    /// <summary>The id under which a citizen asks to hurry: once a day, whichever way they ask; more often it is the same.</summary>
    public static string UrgeOf(SeenCase seen) => "urge-" + seen.Times.Today.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The view of a case.</summary>
    /// <param name="seen">The case as its citizen sees it.</param>
    /// <param name="survivor">The case that goes on (<see cref="CitizenSteps.SurvivorOfAsync"/>); null for none.</param>
    /// <param name="code">Its tracking code.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static TrackedCase Of(SeenCase seen, SeenCase? survivor, string code, long now)
    {
        var state = seen.State;
        var said = seen.Texts.Where(text => text.What is not (CaseReferences.File or CaseReferences.Contact)).ToLookup(text => text.Version);
        return new TrackedCase(
            state.Intake.Number, code, state.Intake.Kind.Word(), state.Stage.Word(), At(state.Opened!.Stamp.At), state.Opened.Stamp.Day,
            state.Closing is { } closed ? At(closed.Stamp.At) : null, state.Claim is not null, state.Answer is { Outcome: not FeedbackOutcome.NotReached },
            CitizenSteps.SolvedOf(seen, survivor),
            TrackedClock.Of(seen, now),
            [
                .. (from one in seen.Record.Timeline
                    let happened = one.Happened as CaseEvent
                    where happened is not null && IsTold(happened)
                    select new TrackedHappening(At(happened.Stamp.At), CaseHappening.WordOf(happened), said[one.Version].Select(text => text.Text).FirstOrDefault()))
                    .Concat(CitizenSteps.SaidOn(seen, survivor).Select(one => new TrackedHappening(At(one.Happened.Stamp.At), CaseHappening.WordOf(one.Happened), one.Words)))
                    .OrderBy(one => one.At),
            ],
            CaseFileView.AllOf(seen.Record, attached => attached.Stamp.By == CaseActor.Citizen.Name),
            [.. CitizenSteps.StepsOf(seen, survivor).Where(TheirSteps.Contains)]);
    }

    // What the office does among itself is not told: who owns it, who supervises whom, and what it notes for itself.
    private static bool IsTold(CaseEvent happened) => happened switch
    {
        // What others say whose matters go on as this one is theirs; that it is handled again is told.
        CaseConfirmed or CaseDisputed when CaseActor.IsOtherCitizen(happened.Stamp.By) => false,
        CaseOpened or CaseHandled or CaseConfirmed or CaseDisputed or CaseClosed or CaseReopened or CaseMerged or CaseProgressed { Told: true } => true,
        CaseFeedbackGiven told => told.Outcome != FeedbackOutcome.NotReached,
        CaseCalledBack called => called.Reached,
        CaseUrged or CaseAttached => happened.Stamp.By == CaseActor.Citizen.Name,
        _ => false,
    };

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>Something that the citizen did or was told.</summary>
/// <param name="At">When.</param>
/// <param name="What">What happened, such as <c>feedback-given</c>.</param>
/// <param name="Words">What was said; null where nothing was, or it was erased.</param>
public sealed record TrackedHappening(DateTimeOffset At, string What, string? Words);

/// <summary>What is due next.</summary>
/// <param name="Clock">first-response, progress, completion, rectification or call-back.</param>
/// <param name="Zh">Its Chinese name.</param>
/// <param name="En">Its English name.</param>
/// <param name="Deadline">When; null where nobody can say yet.</param>
/// <param name="Overdue">Whether it has passed.</param>
public sealed record TrackedClock(string Clock, string Zh, string En, DateTimeOffset? Deadline, bool Overdue)
{
    internal static TrackedClock? Of(SeenCase seen, long now)
    {
        // Signing for a case is the office's own business.
        var live = seen.State.Clocks.Keys.Where(clock => clock != ClockKind.SignFor && seen.State.IsLive(clock)).ToList();
        if (live.Count == 0)
            return null;
        var next = live.MinBy(clock => seen.Times.Explained[clock].At ?? long.MaxValue);
        var deadline = seen.Times.Explained[next];
        return new TrackedClock(
            next.Word(), next.Zh(), next.En(), deadline.At is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, deadline.IsLate(now));
    }
}
