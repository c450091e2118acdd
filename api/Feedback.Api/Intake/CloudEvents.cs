using System.Text.Json;

namespace Feedback.Api.Intake;

/// <summary>
/// Takes the envelope off a CloudEvent 1.0 in structured JSON: <c>id</c> and <c>source</c> are the identity, <c>time</c> is when it
/// occurred, <c>data</c> is the body; extensions are ignored.
/// </summary>
/// <remarks>Read here and not by a library, because one bad event of a batch must not cost the good ones.</remarks>
internal static class CloudEvents
{
    private const int LongestId = 128;

    /// <summary>The members of <c>data</c>, and what the envelope says.</summary>
    /// <exception cref="RefusedException">The envelope is not one that is taken.</exception>
    public static (JsonElement Data, Envelope Envelope) Open(JsonElement cloudEvent, Row row)
    {
        if (cloudEvent.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        JsonElement? version = null, id = null, source = null, type = null, time = null, media = null, data = null;
        foreach (var member in cloudEvent.EnumerateObject())
        {
            switch (Members.NameOf(member))
            {
                case "specversion": Take(ref version, member); break;
                case "id": Take(ref id, member); break;
                case "source": Take(ref source, member); break;
                case "type": Take(ref type, member); break;
                case "time": Take(ref time, member); break;
                case "datacontenttype": Take(ref media, member); break;
                case "data": Take(ref data, member); break;
            }
        }

        if (version is not { } v || !Says(v, "1.0"))
            throw Members.Refuse("cloud-event-invalid", "specversion", "1.0");
        row.Id = Members.Text(id ?? throw Members.Missing("id"), "id", LongestId);
        var sender = Members.Text(source ?? throw Members.Missing("source"), "source", LongestId);
        Members.Text(type ?? throw Members.Missing("type"), "type", LongestId);
        var occurredAt = Members.Time(time ?? throw Members.Missing("time"), "time");
        if (media is { } m && !Says(m, "application/json"))
            throw Members.Refuse("cloud-event-invalid", "datacontenttype", "application/json");
        return data is { ValueKind: JsonValueKind.Object } body
            ? (body, new Envelope(sender, row.Id, occurredAt))
            : throw Members.Refuse("cloud-event-invalid", "data", "{…}");
    }

    private static void Take(ref JsonElement? attribute, JsonProperty member)
    {
        if (attribute is not null)
            throw Members.Refuse("member-twice", member.Name);
        attribute = member.Value;
    }

    private static bool Says(JsonElement value, string text)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
        }
        catch (InvalidOperationException)
        {
            // No text at all.
            return false;
        }
    }
}
