using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>The stored text of cases: members of the kind, then <c>by</c>, <c>at</c> and <c>day</c>.</summary>
internal static partial class CaseTexts
{
    public static readonly EventKind[] Kinds = [.. Routing(), .. Work(), .. Answers(), .. Watch()];

    private static EventKind Of<T>(string name, Action<CanonicalWriter, T> write, Func<JsonElement, Opaque, CaseStamp, T> read)
        where T : CaseEvent => EventKind.Of<T>(
            name, 1,
            (text, e) =>
            {
                write(text, e);
                text.Member("by"u8, e.Stamp.By).Member("at"u8, e.Stamp.At).Member("day"u8, e.Stamp.Day.DayText());
            },
            (text, salt) => read(text, salt, new CaseStamp(text.Number("at"), text.Day("day"), text.Text("by"))));

    private static EventKind[] Routing() =>
    [
        Of<CaseOpened>("case.opened",
            (text, e) =>
            {
                IntakeText.Write(text, e.Intake);
                text.Flag("toSign"u8, e.ToSign).Member("catalogue"u8, e.Catalogue).Member("policy"u8, e.Policy);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Intake = IntakeText.Read(text), ToSign = text.Flag("toSign"),
                Catalogue = text.Number("catalogue"), Policy = text.Number("policy"),
            }),
        Of<CaseDispatched>("case.dispatched",
            (text, e) => text.Member("lead"u8, e.Lead.Value).Member("assisting"u8, [.. e.Assisting.Select(node => node.Value)]).Member("reason"u8, e.Reason)
                .Flag("city"u8, e.City),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Lead = text.Node("lead"), Assisting = [.. text.Texts("assisting").Select(node => new NodeId(node))],
                Reason = text.TextOrNull("reason"), City = text.Flag("city"),
            }),
        Of<CaseOwnerNamed>("case.owner-named",
            (text, e) => text.Member("owner"u8, e.Owner),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Owner = text.Text("owner") }),
        Of<CaseOwnerReleased>("case.owner-released", (_, _) => { }, (_, salt, stamp) => new() { Salt = salt, Stamp = stamp }),
        Of<CasePersonsNamed>("case.persons-named",
            (text, e) => text.Member("staff"u8, e.Staff),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Staff = text.Texts("staff") }),
        Of<CaseSignedFor>("case.signed-for", (_, _) => { }, (_, salt, stamp) => new() { Salt = salt, Stamp = stamp }),
        Of<CaseReturned>("case.returned",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<CaseCategorised>("case.categorised",
            (text, e) => text.Member("category"u8, e.Category),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Category = text.Text("category") }),
        Of<CaseMerged>("case.merged",
            (text, e) => text.Member("into"u8, e.Into.Value),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Into = text.Case("into") }),
        Of<CaseAbsorbed>("case.absorbed",
            (text, e) => text.Member("other"u8, e.Other.Value),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Other = text.Case("other") }),
    ];

    private static EventKind[] Watch() =>
    [
        Of<CaseUrged>("case.urged",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<CaseSupervised>("case.supervised",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<CaseCirculated>("case.circulated",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<CaseAccountabilityOpened>("case.accountability-opened",
            (text, e) => text.Member("for"u8, e.For).Member("clock"u8, e.Clock?.Word()).Member("deadline"u8, e.Deadline),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, For = text.Text("for"),
                Clock = text.TextOrNull("clock") is { } word ? Known("clock", ClockWords.ClockOf(word)) : null, Deadline = text.NumberOrNull("deadline"),
            }),
        Of<CaseWarned>("case.warned",
            (text, e) => text.Member("clock"u8, e.Clock.Word()).Member("deadline"u8, e.Deadline),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Clock = Known("clock", ClockWords.ClockOf(text.Text("clock"))), Deadline = text.Number("deadline") }),
        Of<CaseEscalated>("case.escalated",
            (text, e) => text.Member("clock"u8, e.Clock.Word()).Member("deadline"u8, e.Deadline).Member("level"u8, e.Level).Member("to"u8, e.To),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Clock = Known("clock", ClockWords.ClockOf(text.Text("clock"))), Deadline = text.Number("deadline"),
                Level = text.NumberOrNull("level", 1, 100) ?? throw new FormatException("Member 'level' is missing."), To = text.Text("to"),
            }),
        Of<CaseClockMarked>("case.clock-marked",
            (text, e) => text.Member("clock"u8, e.Clock.Word()).Member("mark"u8, e.Mark.Word()).Member("limit"u8, e.Limit)
                .Member("from"u8, e.From).Member("reason"u8, e.Reason).Flag("done"u8, e.Done).Member("deadline"u8, e.Deadline),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Clock = Known("clock", ClockWords.ClockOf(text.Text("clock"))),
                Mark = Known("mark", CaseWords.MarkOf(text.Text("mark"))), Limit = text.TextOrNull("limit"),
                From = text.NumberOrNull("from"), Reason = text.TextOrNull("reason"), Done = text.Flag("done"), Deadline = text.NumberOrNull("deadline"),
            }),
        Of<CaseExtensionAsked>("case.extension-asked",
            (text, e) => text.Member("clock"u8, e.Clock.Word()).Member("limit"u8, e.Limit).Member("reason"u8, e.Reason),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Clock = Known("clock", ClockWords.ClockOf(text.Text("clock"))),
                Limit = text.Text("limit"), Reason = text.Text("reason"),
            }),
        Of<CaseExtensionDecided>("case.extension-decided",
            (text, e) => text.Flag("granted"u8, e.Granted).Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Granted = text.Flag("granted"), Reason = text.TextOrNull("reason") }),
    ];

    internal static CaseId Case(this JsonElement from, string name) =>
        from.Text(name) is var id && CaseId.IsId(id) ? new CaseId(id) : throw new FormatException($"Member '{name}' is no case.");

    internal static T Known<T>(string name, T? word)
        where T : struct => word ?? throw new FormatException($"Member '{name}' is not a known word.");
}
