using System.Text.Json;
using Feedback.Domain.Time;

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
        if (!cloudEvent.TryGetProperty("specversion", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("1.0"))
            throw Members.Refuse("cloud-event-invalid", "specversion", "1.0");
        if (!cloudEvent.TryGetProperty("id", out var id))
            throw Members.Refuse("member-missing", "id");
        row.Id = Members.Text(id, "id", LongestId);
        if (!cloudEvent.TryGetProperty("source", out var source))
            throw Members.Refuse("member-missing", "source");
        if (!cloudEvent.TryGetProperty("type", out var type))
            throw Members.Refuse("member-missing", "type");
        Members.Text(type, "type", LongestId);
        if (!cloudEvent.TryGetProperty("time", out var time))
            throw Members.Refuse("member-missing", "time");
        if (cloudEvent.TryGetProperty("datacontenttype", out var media) && !(media.ValueKind == JsonValueKind.String && media.ValueEquals("application/json")))
            throw Members.Refuse("cloud-event-invalid", "datacontenttype", "application/json");
        if (!cloudEvent.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("cloud-event-invalid", "data", "{…}");
        Moment occurredAt = Members.Time(time, "time");
        return (data, new Envelope(Members.Text(source, "source", LongestId), row.Id, occurredAt));
    }
}
