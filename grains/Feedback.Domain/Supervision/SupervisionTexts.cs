using Feedback.Domain.Cases;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Supervision;

/// <summary>The stored text of what supervision is told.</summary>
internal static class SupervisionTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<IdentityUnmasked>("identity.unmasked", 1,
            (text, e) => text.Member("window"u8, e.Window.Value).Member("evaluation"u8, e.Evaluation).Member("by"u8, e.By)
                .Member("reason"u8, e.Reason).Member("at"u8, e.At),
            (text, salt) => new IdentityUnmasked
            {
                Salt = salt, Window = text.Node("window"), Evaluation = text.Number("evaluation"), By = text.Text("by"),
                Reason = text.Text("reason"), At = text.Number("at"),
            }),
        EventKind.Of<ContactTold>("contact.told", 1,
            (text, e) => text.Member("case"u8, e.Case.Value).Member("node"u8, e.Node.Value).Member("lead"u8, e.Lead.Value).Member("by"u8, e.By)
                .Member("reason"u8, e.Reason).Member("at"u8, e.At),
            (text, salt) => new ContactTold
            {
                Salt = salt, Case = text.Case("case"), Node = text.Node("node"), Lead = text.Node("lead"), By = text.Text("by"),
                Reason = text.Text("reason"), At = text.Number("at"),
            }),
    ];
}
