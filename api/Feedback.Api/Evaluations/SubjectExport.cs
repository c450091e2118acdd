using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Supervision;

namespace Feedback.Api.Evaluations;

/// <summary>Answers what is kept of one person, for their right to know: once audit and supervision know of it.</summary>
internal sealed class SubjectExport(SubjectRecords records, IAudit audit, ISupervision supervision, TimeProvider clock)
{
    public async Task<(ExportedSubject? Exported, Refusal? Refusal)> OfAsync(HttpContext http, Node window, long version)
    {
        await audit.RecordAsync(SingleEvaluations.Entry(http, Acts.SubjectExported, window, version));
        if (await records.FindAsync(window.Id, version, http.RequestAborted) is not { } record)
            return (null, SingleEvaluations.Unknown(version));
        await supervision.ExportedAsync(window.Id, version, http.GetCaller().Caller.Name, clock);
        return (ExportedSubject.Of(record), null);
    }
}

/// <summary>Everything that is kept about one person.</summary>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Version">The version of the evaluation or finished matter.</param>
/// <param name="Event">The event as it is stored.</param>
/// <param name="Comment">The comment as it was written; null when there is none, or it was erased.</param>
/// <param name="Matter">The matter's number; null when there is none, or it was erased.</param>
/// <param name="Later">Events that speak of it: exclusions and erasures.</param>
/// <param name="Unmasked">Who was told, when and why.</param>
public sealed record ExportedSubject(
    string Window, long Version, JsonNode Event, string? Comment, string? Matter, IReadOnlyList<LaterEvent> Later, IReadOnlyList<JsonNode> Unmasked)
{
    /// <summary>What is kept, as it is told.</summary>
    public static ExportedSubject Of(SubjectRecord record) => new(
        record.Window.Value, record.Version, Json(record.Event), record.Comment.Plain, record.Number.Plain,
        [.. record.Later.Select(one => new LaterEvent(one.Version, Json(one.Event)))], [.. record.Unmasked.Select(Json)]);

    private static JsonNode Json(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span);
        return JsonNode.Parse(ref reader)!;
    }
}

/// <summary>A later event of the same stream.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Event">The event as it is stored.</param>
public sealed record LaterEvent(long Version, JsonNode Event);
