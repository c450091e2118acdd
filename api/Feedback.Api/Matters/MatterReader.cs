using System.Text.Json;
using Feedback.Api.Bodies;
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
        string? number = null, source = envelope.IsCloudEvent ? envelope.Source : null, window = null, item = null, staff = null;
        var finishedAt = envelope.OccurredAt;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "number": row.Id = number = Members.Text(value, name, LongestCode); break;
                case "window": window = Members.Text(value, name, LongestPath); break;
                case "finishedAt" when !envelope.IsCloudEvent: finishedAt = Members.Time(value, name); break;
                case "source" when !envelope.IsCloudEvent: source = OptionalMember.Code(value, name, LongestSource); break;
                case "serviceItem": item = OptionalMember.Code(value, name, LongestCode); break;
                case "staff": staff = OptionalMember.Code(value, name, LongestCode); break;
                case "signature" when value.ValueKind == JsonValueKind.Null: break;
                case "signature": row.TakeSignature(value); break;
                default: return false;
            }

            return true;
        });
        return new MatterClaim(
            findWindow(window ?? throw Members.Missing("window")) ?? throw Members.Refuse("window-unknown", "window", window),
            number ?? throw Members.Missing("number"),
            source ?? row.Signer?.Terminal ?? envelope.Source ?? throw Members.Missing("source"),
            finishedAt ?? throw Members.Missing("finishedAt"),
            item,
            staff);
    }
}
