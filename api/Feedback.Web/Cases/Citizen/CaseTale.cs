using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Citizen;

/// <summary>Something that happened to a case, as the citizen is told it.</summary>
/// <param name="When">When.</param>
/// <param name="What">What.</param>
/// <param name="Text">The words that belong to it: the citizen's own, or what they were told; null for none.</param>
/// <param name="File">The file that the citizen sent then, as long as it is kept; null for none.</param>
public sealed record CaseTaleItem(string When, string What, string? Text, string? File = null);

/// <summary>Tells citizens what happened to their case: never who did it, and nothing that units say among themselves.</summary>
internal sealed class CaseTale(SeenCase seen, OrganisationTree tree, CaseTimesText times, PageWords words)
{
    /// <summary>What happened, the newest first.</summary>
    /// <param name="saidOn">What the citizen did and said on the case that goes on as this one, oldest first.</param>
    public ImmutableArray<CaseTaleItem> Items(IEnumerable<(CaseEvent Happened, string? Words)> saidOn)
    {
        // The answer that stands has a place of its own on the page.
        var texts = seen.Texts.Where(text => text.What != CaseReferences.File && text.Ref != seen.State.Answer?.Words?.Ref).ToLookup(text => text.Version, text => text.Text ?? words["track-erased"]);
        return
        [
            .. seen.Record.Timeline
                .Select(one => (Happened: one.Happened as CaseEvent, What: WhatOf(one.Happened), Text: texts[one.Version].FirstOrDefault()))
                .Concat(saidOn.Select(one => (Happened: (CaseEvent?)one.Happened, What: SaidOf(one.Happened), Text: one.Words)))
                .Where(one => one is { Happened: not null, What: not null })
                .OrderBy(one => one.Happened!.Stamp.At).Reverse()
                .Select(one => new CaseTaleItem(times.At(one.Happened!.Stamp.At), one.What!, one.Text, FileOf(one.Happened!))),
        ];
    }

    private string? SaidOf(CaseEvent happened) => happened switch
    {
        CaseConfirmed { Grade: { } grade } => words.Say("track-confirmed-grade", words["grade" + (int)grade]),
        CaseConfirmed => words["track-confirmed"],
        CaseDisputed => words["track-disputed"],
        CaseReopened => words["track-reopened-citizen"],
        _ => null,
    };

    private string? FileOf(CaseEvent happened) => happened is CaseAttached { Stamp.By: CitizenName } attached && !seen.State.Erased.Contains(attached.File) ? attached.File.ToString() : null;

    private string? WhatOf(JournalEvent happened) => happened switch
    {
        CaseOpened { Intake.Kind: CaseKind.BadRating } => words["track-opened-rating"],
        CaseOpened e => words.Say("track-opened", words["track-kind-" + e.Intake.Kind.Word()]),
        CaseDispatched e when tree.Find(e.Lead) is { } lead => words.Say("track-dispatched", words.Name(lead)),
        CaseSignedFor => words["track-signed"],
        CaseMerged => words["track-merged"],
        CaseAttached { Stamp.By: CitizenName } => words["track-attached"],
        CaseProgressed { Told: true } => words["track-progress"],
        CaseHandled => words["track-handled"],
        CaseFeedbackGiven { Outcome: FeedbackOutcome.NotReached, Unreachable: true } => words["track-unreachable"],
        CaseFeedbackGiven { Outcome: FeedbackOutcome.NotReached } => words["track-not-reached"],
        CaseFeedbackGiven => words["track-answered"],
        // What others say whose matters go on as this one is theirs; that it is handled again is told.
        CaseConfirmed e when CaseActor.IsOtherCitizen(e.Stamp.By) => null,
        CaseDisputed e when CaseActor.IsOtherCitizen(e.Stamp.By) => words["track-reopened"],
        CaseConfirmed or CaseDisputed => SaidOf((CaseEvent)happened),
        CaseCalledBack { Reached: false } => words["track-call-missed"],
        CaseCalledBack { Solved: true } => words["track-call-solved"],
        CaseCalledBack { Solved: false } => words["track-call-unsolved"],
        CaseCalledBack => words["track-called"],
        CaseSentBack => words["track-sent-back"],
        CaseClosed e => words["track-closed-" + e.Ending.Word()],
        CaseReopened { Stamp.By: CitizenName } => words["track-reopened-citizen"],
        CaseReopened => words["track-reopened"],
        CaseUrged { Stamp.By: CitizenName } => words["track-urged-citizen"],
        CaseUrged => words["track-urged"],
        CaseSupervised => words["track-supervised"],
        CaseAccountabilityOpened { Clock: { } clock } when CaseTimesText.IsForCitizens(clock) => words.Say("track-accountability", words["track-clock-" + clock.Word()]),
        CaseClockMarked { Mark: ClockMarkKind.Paused } e when CaseTimesText.IsForCitizens(e.Clock) => words.Say("track-clock-paused", words["track-clock-" + e.Clock.Word()]),
        CaseClockMarked { Mark: ClockMarkKind.Resumed } e when CaseTimesText.IsForCitizens(e.Clock) => words.Say("track-clock-resumed", words["track-clock-" + e.Clock.Word()]),
        CaseClockMarked { Mark: ClockMarkKind.LimitChanged, Limit: { } text } e when CaseTimesText.IsForCitizens(e.Clock) && Limit.TryParse(text, out var limit, out _) =>
            words.Say("track-clock-changed", words["track-clock-" + e.Clock.Word()], DeadlineWords.Of(limit, words.IsChinese)),
        _ => null,
    };

    // As CaseActor.Citizen is named.
    private const string CitizenName = "citizen";
}
