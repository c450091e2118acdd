using Feedback.Domain.Journal;

namespace Feedback.Domain.Windows;

/// <summary>The stored text of a window's smaller facts.</summary>
internal static class WindowTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<StaffSignedIn>("staff.signed-in", 1,
            (text, e) => text.Member("staff"u8, e.Staff).Member("at"u8, e.At),
            (text, salt) => new StaffSignedIn { Salt = salt, Staff = text.Text("staff"), At = text.Number("at") }),
        EventKind.Of<StaffSignedOut>("staff.signed-out", 1,
            (text, e) => text.Member("staff"u8, e.Staff).Member("at"u8, e.At),
            (text, salt) => new StaffSignedOut { Salt = salt, Staff = text.Text("staff"), At = text.Number("at") }),
        EventKind.Of<EvaluationExcluded>("evaluation.excluded", 1,
            (text, e) => text.Member("evaluation"u8, e.Evaluation).Member("reason"u8, e.Reason).Member("at"u8, e.At),
            (text, salt) => new EvaluationExcluded
            {
                Salt = salt, Evaluation = text.Number("evaluation"), Reason = text.Text("reason"), At = text.Number("at"),
            }),
        EventKind.Of<EvaluationReinstated>("evaluation.reinstated", 1,
            (text, e) => text.Member("evaluation"u8, e.Evaluation).Member("reason"u8, e.Reason).Member("at"u8, e.At),
            (text, salt) => new EvaluationReinstated
            {
                Salt = salt, Evaluation = text.Number("evaluation"), Reason = text.Text("reason"), At = text.Number("at"),
            }),
        EventKind.Of<PersonalTextErased>("personal.erased", 1,
            (text, e) => text.Member("of"u8, e.Of).Member("ref"u8, e.Ref.ToString()).Member("reason"u8, e.Reason).Member("at"u8, e.At),
            (text, salt) => new PersonalTextErased
            {
                Salt = salt, Of = text.Number("of"), Ref = text.Opaque("ref"), Reason = text.Text("reason"), At = text.Number("at"),
            }),
    ];
}
