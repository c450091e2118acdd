using System.Text.Json;
using Feedback.Api.Intake;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Api.Matters;

/// <summary>Reads one finished matter; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class MatterReader
{
    private const int LongestCode = 64;
    private const int LongestSource = 128;
    private const int LongestPath = 512;

    /// <summary>Reads a finished matter.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static MatterClaim Read(JsonElement body, Row row, Envelope envelope, Func<string, NodeId?> findWindow)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        var given = new HashSet<string>(StringComparer.Ordinal);
        string? number = null, source = envelope.IsCloudEvent ? envelope.Source : null, window = null, item = null, staff = null;
        var finishedAt = envelope.OccurredAt;
        foreach (var member in body.EnumerateObject())
        {
            var (name, value) = (Members.NameOf(member), member.Value);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", name);
            var isNull = value.ValueKind == JsonValueKind.Null;
            switch (name)
            {
                case "number": row.Id = number = Members.Text(value, name, LongestCode); break;
                case "window": window = Members.Text(value, name, LongestPath); break;
                case "finishedAt" when !envelope.IsCloudEvent: finishedAt = Members.Time(value, name); break;
                case "source" when !envelope.IsCloudEvent: source = isNull ? source : Members.Code(value, name, LongestSource); break;
                case "serviceItem": item = isNull ? null : Members.Code(value, name, LongestCode); break;
                case "staff": staff = isNull ? null : Members.Code(value, name, LongestCode); break;
                case "signature" when isNull: break;
                case "signature": row.TakeSignature(value); break;
                default: throw Members.Refuse("member-unknown", name);
            }
        }

        return new MatterClaim(
            findWindow(window ?? throw Missing("window")) ?? throw Members.Refuse("window-unknown", "window", window),
            number ?? throw Missing("number"),
            source ?? row.Signer?.Terminal ?? envelope.Source ?? throw Missing("source"),
            finishedAt ?? throw Missing("finishedAt"),
            item,
            staff);
    }

    private static RefusedException Missing(string field) => Members.Refuse("member-missing", field);
}
