using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Cases;

internal static partial class CaseTexts
{
    private static EventKind[] Work() =>
    [
        Of<CaseProgressed>("case.progressed",
            (text, e) =>
            {
                text.Reference("note"u8, e.Note);
                text.Flag("told"u8, e.Told);
            },
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Note = text.PersonalReference("note"), Told = text.Flag("told") }),
        Of<CaseHandled>("case.handled",
            (text, e) =>
            {
                text.Member("result"u8, e.Result);
                text.Reference("note"u8, e.Note);
            },
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Result = text.Text("result"), Note = text.PersonalReference("note") }),
        Of<CaseAttached>("case.attached",
            (text, e) => text.Member("file"u8, e.File.ToString()).Member("type"u8, e.Type).Member("size"u8, e.Size).Member("hash"u8, e.Hash.ToString()),
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, File = text.Opaque("file"), Type = text.Text("type"), Size = text.Number("size"), Hash = text.Opaque("hash"),
            }),
        Of<CaseVerified>("case.verified",
            (text, e) => text.Member("finding"u8, e.Finding.Word()),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Finding = Known("finding", CaseWords.FindingOf(text.Text("finding"))) }),
        Of<CaseAppealed>("case.appealed",
            (text, e) =>
            {
                text.Member("reason"u8, e.Reason);
                text.Reference("words"u8, e.Words);
            },
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason"), Words = text.PersonalReference("words") }),
        Of<CaseAppealDecided>("case.appeal-decided",
            (text, e) => text.Flag("upheld"u8, e.Upheld).Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Upheld = text.Flag("upheld"), Reason = text.Text("reason") }),
    ];

    private static EventKind[] Answers() =>
    [
        Of<CaseFeedbackGiven>("case.feedback-given",
            (text, e) =>
            {
                text.Member("channel"u8, e.Channel).Member("outcome"u8, e.Outcome.Word());
                text.Reference("words"u8, e.Words);
                text.Flag("unreachable"u8, e.Unreachable).Flag("callBack"u8, e.CallBack);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, Channel = text.Text("channel"), Outcome = Known("outcome", CaseWords.OutcomeOf(text.Text("outcome"))),
                Words = text.PersonalReference("words"), Unreachable = text.Flag("unreachable"), CallBack = text.Flag("callBack"),
            }),
        Of<CaseConfirmed>("case.confirmed",
            (text, e) => text.Member("grade"u8, (long?)(byte?)e.Grade),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Grade = text.GradeOrNull("grade") }),
        Of<CaseDisputed>("case.disputed",
            (text, e) => text.Reference("words"u8, e.Words),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Words = text.PersonalReference("words") }),
        Of<CaseCalledBack>("case.called-back",
            (text, e) =>
            {
                text.Flag("city"u8, e.City).Flag("reached"u8, e.Reached).Flag("unreachable"u8, e.Unreachable)
                    .Member("solved"u8, e.Solved is { } solved ? (solved ? 1 : 0) : null).Member("grade"u8, (long?)(byte?)e.Grade);
                text.Reference("words"u8, e.Words);
            },
            (text, salt, stamp) => new()
            {
                Salt = salt, Stamp = stamp, City = text.Flag("city"), Reached = text.Flag("reached"), Unreachable = text.Flag("unreachable"),
                Solved = text.NumberOrNull("solved", 0, 1) is { } solved ? solved == 1 : null, Grade = text.GradeOrNull("grade"),
                Words = text.PersonalReference("words"),
            }),
        Of<CaseSentBack>("case.sent-back",
            (text, e) => text.Member("reason"u8, e.Reason),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason") }),
        Of<CaseClosed>("case.closed",
            (text, e) => text.Member("ending"u8, e.Ending.Word()),
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Ending = Known("ending", CaseWords.EndingOf(text.Text("ending"))) }),
        Of<CaseReopened>("case.reopened",
            (text, e) =>
            {
                text.Member("reason"u8, e.Reason);
                text.Reference("words"u8, e.Words);
            },
            (text, salt, stamp) => new() { Salt = salt, Stamp = stamp, Reason = text.Text("reason"), Words = text.PersonalReference("words") }),
    ];
}
