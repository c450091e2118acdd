using Feedback.Domain.Cases;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Notices;

/// <summary>What other systems hear about cases: the stable words of what happened.</summary>
public static class CaseNews
{
    /// <summary>Every word, in the order of the lifecycle.</summary>
    public static readonly IReadOnlyList<string> Words = ["opened", "dispatched", "signed", "returned", "extension-asked", "handled", "answered", "closed", "reopened", "overdue", "supervised"];

    /// <summary>The word of an event; null for what nobody hears of.</summary>
    /// <param name="before">The case before it.</param>
    /// <param name="happened">The event.</param>
    public static string? WordOf(CaseState before, JournalEvent happened) => happened switch
    {
        CaseOpened => "opened",
        CaseDispatched => "dispatched",
        // The city's order is received once, however often it goes on inside.
        CaseSignedFor when before.Intake.Kind != CaseKind.HotlineOrder || !before.Received => "signed",
        // What one unit gives back to another is no matter of the city's.
        CaseReturned when before.Intake.Kind != CaseKind.HotlineOrder || before.Lead == before.SentTo => "returned",
        CaseExtensionAsked => "extension-asked",
        CaseHandled => "handled",
        CaseFeedbackGiven { Outcome: not FeedbackOutcome.NotReached } => "answered",
        CaseClosed => "closed",
        // A closed case goes on in several ways: somebody asks for it, disputes it, or sends it back.
        CaseReopened => "reopened",
        CaseDisputed or CaseSentBack or CaseCalledBack { Solved: false } when before.Stage == CaseStage.Closed => "reopened",
        CaseAccountabilityOpened { For: CaseRules.ForOverdue } => "overdue",
        CaseSupervised => "supervised",
        _ => null,
    };

    /// <summary>Whether a citizen is told of it who left an address: there is an answer, whichever way it was told, or they were told how it goes. Both stand under the tracking code.</summary>
    public static bool IsForCitizen(JournalEvent happened) =>
        happened is CaseFeedbackGiven { Outcome: not FeedbackOutcome.NotReached } or CaseProgressed { Told: true };

    /// <summary>Whether anybody may hear of one of these.</summary>
    public static bool IsAmong(CaseState before, IEnumerable<JournalEvent> happened) => happened.Any(one => WordOf(before, one) is not null || IsForCitizen(one));
}
