using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Office;

/// <summary>Something that happened, in plain words.</summary>
/// <param name="Version">The version of its event.</param>
/// <param name="Sentence">The words.</param>
/// <param name="Small">Whether it only follows from what happened at the same time, such as a clock that starts.</param>
/// <param name="File">The attached file; null for none.</param>
public sealed record TimelineLine(long Version, string Sentence, bool Small, Opaque? File = null);

/// <summary>What somebody did at once.</summary>
/// <param name="At">When, milliseconds UTC; null for what tells no time.</param>
/// <param name="By">Who, as people call them.</param>
/// <param name="Lines">What happened.</param>
public sealed record TimelineEntry(long? At, string By, IReadOnlyList<TimelineLine> Lines);

/// <summary>Words the timeline of a case.</summary>
internal sealed class TimelineWords(CaseNames names, CardModel model)
{
    private PageWords Words => names.Words;

    /// <summary>The entries, newest first.</summary>
    public IReadOnlyList<TimelineEntry> All()
    {
        var entries = new List<(CaseStamp? Stamp, List<TimelineLine> Lines)>();
        foreach (var (version, happened) in model.Seen.Record.Timeline)
        {
            var stamp = (happened as CaseEvent)?.Stamp;
            if (entries.Count == 0 || entries[^1].Stamp != stamp)
                entries.Add((stamp, []));
            entries[^1].Lines.Add(new TimelineLine(
                version, Of(happened), happened is CaseClockMarked { Mark: ClockMarkKind.Started or ClockMarkKind.Stopped or ClockMarkKind.Restarted }, (happened as CaseAttached)?.File));
        }

        return [.. entries.Select(entry => new TimelineEntry(entry.Stamp?.At, entry.Stamp is { } by ? names.Who(by.By) : "", entry.Lines)).Reverse()];
    }

    private string Of(JournalEvent happened) => happened switch
    {
        CaseOpened e => Say("opened", names.Of(e.Intake.Kind), names.Of(e.Intake.Channel)),
        CaseOwnerNamed e => Say("owner", names.Owner(e.Owner)),
        CaseOwnerReleased => Say("owner-released"),
        CasePersonsNamed { Staff.IsEmpty: true } => Say("persons-nobody"),
        CasePersonsNamed e => model.Seen.Withheld is null ? Say("persons", string.Join(Words["office-comma"], e.Staff)) : Say("persons-withheld"),
        CaseDispatched e => Say("dispatched", names.Place(e.Lead)) + Assisting(e) + Why(e.Reason),
        CaseSignedFor => Say("signed-for"),
        CaseReturned e => Say("returned") + Why(e.Reason),
        CaseCategorised e => Say("categorised", model.Categories.Find(e.Category) is { } known ? Words.IsChinese ? known.Zh : known.En : e.Category),
        CaseMerged e => Say("merged", NumberOf(e.Into)),
        CaseAbsorbed e => Say("absorbed", NumberOf(e.Other)),
        CaseProgressed e => Say(e.Told ? "told" : "progressed"),
        CaseHandled e => Say("handled", names.Code("result", e.Result)),
        CaseAttached e => Say("attached", e.Type, Size(e.Size)),
        CaseVerified e => Say("verified", names.Code("finding", e.Finding.Word())),
        CaseAppealed e => Say("appealed") + Why(e.Reason),
        CaseAppealDecided { Upheld: true } e when model.State.Appeal is null => Say("excluded") + Why(e.Reason),
        CaseAppealDecided e => Say(e.Upheld ? "appeal-upheld" : "appeal-rejected") + Why(e.Reason),
        CaseFeedbackGiven e => Say("feedback-" + e.Outcome.Word(), names.Code("way", e.Channel)) + (e.Unreachable ? Say("unreachable") : ""),
        CaseConfirmed e => Say("confirmed") + Grade((int?)e.Grade),
        CaseDisputed => Say("disputed"),
        CaseCalledBack e => CalledBack(e),
        CaseSentBack e => Say("sent-back") + Why(e.Reason),
        CaseClosed e => Say("closed", names.Code("ending", e.Ending.Word())),
        CaseReopened e => Say("reopened") + Why(e.Reason),
        CaseUrged e => Say("urged") + Why(e.Reason),
        CaseSupervised e => Say("supervised") + Why(e.Reason),
        CaseCirculated e => Say("circulated") + Why(e.Reason),
        CaseAccountabilityOpened e => Say("accountable", names.Code("for", e.For)) + (e.Clock is { } clock ? $" ({names.Of(clock)})" : ""),
        CaseWarned e => Say("warned", names.Of(e.Clock), Time(e.Deadline)),
        CaseEscalated e => Say("escalated", names.Of(e.Clock), names.Code("to", e.To)),
        CaseClockMarked e => Say("clock-" + e.Mark.Word(), names.Of(e.Clock), names.Limit(e.Limit)) + (e.Mark is ClockMarkKind.Started or ClockMarkKind.Restarted ? "" : Why(e.Reason)),
        CaseExtensionAsked e => Say("extension-asked", names.Of(e.Clock), names.Limit(e.Limit)) + Why(e.Reason),
        CaseExtensionDecided e => Say(e.Granted ? "extension-granted" : "extension-refused") + Why(e.Reason),
        PersonalTextErased => Say("erased"),
        _ => happened.GetType().Name,
    };

    private string CalledBack(CaseCalledBack e) =>
        Say(e.City ? "called-back-city" : "called-back", Words[e.Reached ? "office-called-reached" : "office-called-missed"])
        + (e.Solved is { } solved ? Words[solved ? "office-called-solved" : "office-called-unsolved"] : "")
        + Grade((int?)e.Grade) + (e.Unreachable ? Say("unreachable") : "");

    private string Grade(int? grade) => grade is { } known && !model.Seen.IsAboutReader ? Words.Say("office-with-grade", Words["grade" + known.ToString(System.Globalization.CultureInfo.InvariantCulture)]) : "";

    private string Assisting(CaseDispatched e) => e.Assisting.IsEmpty ? "" : Words.Say("office-with-assisting", string.Join(Words["office-comma"], e.Assisting.Select(names.Place)));

    private string Why(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : Words.Say("office-with-reason", names.Code("because", reason));

    private string NumberOf(CaseId id) => model.Others.TryGetValue(id, out var other) ? other.Number : id.Value;

    private string Time(long at) => model.Time(model.State.Lead, at);

    private string Say(string name, params object[] values) => Words.Say("office-event-" + name, values);

    private static string Size(long bytes) => bytes < 1024 * 1024
        ? FormattableString.Invariant($"{(bytes + 1023) / 1024} KB")
        : FormattableString.Invariant($"{bytes / 1024.0 / 1024.0:0.0} MB");
}
