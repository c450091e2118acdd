using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>One event of a case.</summary>
/// <param name="Version">The case's version with it.</param>
/// <param name="At">When; for whom the case is about, the start of the local day.</param>
/// <param name="By">Who did it: <c>account:li</c>, <c>token:k4</c>, <c>citizen</c>, <c>city</c> or <c>system</c>.</param>
/// <param name="What">What happened, such as <c>dispatched</c>.</param>
/// <param name="Details">What belongs to it, by name; never personal text.</param>
public sealed record CaseHappening(long Version, DateTimeOffset At, string? By, string What, IReadOnlyDictionary<string, string> Details)
{
    private static readonly FrozenDictionary<Type, string> Words =
        EventText.Kinds.Where(kind => kind.Type.IsAssignableTo(typeof(CaseEvent))).ToFrozenDictionary(kind => kind.Type, kind => kind.Name["case.".Length..]);

    /// <summary>An event as it is told.</summary>
    /// <param name="version">The case's version with it.</param>
    /// <param name="happened">The event.</param>
    /// <param name="seen">The case as the reader sees it.</param>
    public static CaseHappening Of(long version, JournalEvent happened, SeenCase seen) => happened switch
    {
        CaseEvent e => new(version, Instant(seen.Told(e.Stamp.At)), e.Stamp.By, Words[e.GetType()], Told(e is CasePersonsNamed && seen.Withheld is not null ? [] : DetailsOf(e, seen))),
        PersonalTextErased e => new(version, Instant(seen.Told(e.At)), null, "text-erased", Told([("of", Text(e.Of))])),
        _ => throw new UnknownKindException(happened.GetType().Name, 1),
    };

    /// <summary>The word of what happened.</summary>
    public static string WordOf(CaseEvent happened) => Words[happened.GetType()];

    private static IEnumerable<(string Name, string? Value)> DetailsOf(CaseEvent happened, SeenCase seen) => happened switch
    {
        CaseOpened e =>
        [
            ("kind", e.Intake.Kind.Word()), ("channel", e.Intake.Channel.Word()), ("lead", e.Intake.Lead.Value), ("assisting", Text(e.Intake.Assisting)),
            ("category", e.Intake.Category),
        ],
        CaseDispatched e => [("lead", e.Lead.Value), ("assisting", Text(e.Assisting)), ("reason", e.Reason)],
        CaseOwnerNamed e => [("owner", e.Owner)],
        CasePersonsNamed e => [("staff", string.Join(' ', e.Staff))],
        CaseReturned e => [("reason", e.Reason)],
        CaseCategorised e => [("category", e.Category)],
        CaseMerged e => [("into", e.Into.Value)],
        CaseAbsorbed e => [("other", e.Other.Value)],
        CaseProgressed e => [("told", Flag(e.Told))],
        CaseHandled e => [("result", e.Result)],
        CaseAttached e => [("file", e.File.ToString()), ("type", e.Type), ("size", Text(e.Size))],
        CaseVerified e => [("finding", e.Finding.Word())],
        CaseAppealed e => [("reason", e.Reason)],
        CaseAppealDecided e => [("upheld", Flag(e.Upheld)), ("reason", e.Reason)],
        CaseFeedbackGiven e => [("channel", e.Channel), ("outcome", e.Outcome.Word()), ("unreachable", Flag(e.Unreachable)), ("callBack", Flag(e.CallBack))],
        CaseConfirmed e => [("grade", seen.IsAboutReader ? null : Text((int?)e.Grade))],
        CaseCalledBack e =>
        [
            ("caller", e.City ? "city" : "office"), ("reached", Flag(e.Reached)), ("unreachable", Flag(e.Unreachable)), ("solved", e.Solved is { } solved ? Flag(solved) : null),
            ("grade", seen.IsAboutReader ? null : Text((int?)e.Grade)),
        ],
        CaseSentBack e => [("reason", e.Reason)],
        CaseClosed e => [("ending", e.Ending.Word())],
        CaseReopened e => [("reason", e.Reason)],
        CaseUrged e => [("reason", e.Reason)],
        CaseSupervised e => [("reason", e.Reason)],
        CaseCirculated e => [("reason", e.Reason)],
        CaseAccountabilityOpened e => [("for", e.For), ("clock", e.Clock?.Word()), ("deadline", Time(e.Deadline, seen))],
        CaseWarned e => [("clock", e.Clock.Word()), ("deadline", Time(e.Deadline, seen))],
        CaseEscalated e => [("clock", e.Clock.Word()), ("deadline", Time(e.Deadline, seen)), ("level", Text(e.Level)), ("to", e.To)],
        CaseClockMarked e => [("clock", e.Clock.Word()), ("mark", e.Mark.Word()), ("limit", e.Limit), ("from", Time(e.From, seen)), ("reason", e.Reason), ("deadline", Time(e.Deadline, seen))],
        CaseExtensionAsked e => [("clock", e.Clock.Word()), ("limit", e.Limit), ("reason", e.Reason)],
        CaseExtensionDecided e => [("granted", Flag(e.Granted)), ("reason", e.Reason)],
        _ => [],
    };

    private static Dictionary<string, string> Told(IEnumerable<(string Name, string? Value)> details) =>
        details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!);

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string? Time(long? milliseconds, SeenCase seen) =>
        milliseconds is { } at ? Instant(seen.Told(at)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : null;

    private static string Flag(bool value) => value ? "true" : "false";

    private static string? Text(ImmutableArray<NodeId> units) => units.IsEmpty ? null : string.Join(' ', units);

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
