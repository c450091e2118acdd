using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Audit;

/// <summary>The stored text of the audit trail.</summary>
internal static class AuditTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<AuditRecorded>("audit.recorded", 1,
            (text, e) => text
                .Member("act"u8, e.Act).Member("actor"u8, e.Actor).Member("target"u8, e.Target).Member("node"u8, e.Node?.Value)
                .Member("reason"u8, e.Reason).Member("address"u8, e.Address).Flag("refused"u8, e.Refused)
                .Member("at"u8, e.At).Member("count"u8, e.Count > 1 ? e.Count : null).Member("firstAt"u8, e.FirstAt),
            (text, salt) => new AuditRecorded
            {
                Salt = salt, Act = text.Text("act"), Actor = text.Text("actor"), Target = text.TextOrNull("target"),
                Node = text.TextOrNull("node") is { } node ? new NodeId(node) : null,
                Reason = text.TextOrNull("reason"), Address = text.TextOrNull("address"), Refused = text.Flag("refused"),
                At = text.Number("at"), Count = text.NumberOrNull("count") ?? 1, FirstAt = text.NumberOrNull("firstAt"),
            }),
    ];
}
