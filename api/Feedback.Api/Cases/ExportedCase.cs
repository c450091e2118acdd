using System.Text.Json.Nodes;
using Feedback.Api.Evaluations;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;

namespace Feedback.Api.Cases;

/// <summary>Everything that is kept of a case and of its citizen, for their right to know.</summary>
/// <param name="Case">The case's immutable id.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Events">Its events as they are stored, with their versions; none of them holds personal text.</param>
/// <param name="Texts">The personal texts and files that they point to.</param>
public sealed record ExportedCase(string Case, string Number, IReadOnlyList<LaterEvent> Events, IReadOnlyList<ExportedText> Texts)
{
    private const int RowsAtOnce = 500;

    /// <summary>Gathers it; null where there is no such case.</summary>
    public static async Task<ExportedCase?> OfAsync(CaseId id, CaseRecords records, IJournal journal, CancellationToken cancellation = default)
    {
        if (await records.FindAsync(id, cancellation) is not { } found)
            return null;
        var events = new List<LaterEvent>();
        while (await journal.ReadAsync(StreamName.Case(id), events.Count, RowsAtOnce, cancellation) is { Count: > 0 } rows)
            events.AddRange(rows.SelectMany(row => row.Elements().Select((element, index) => new LaterEvent(row.Version + index, JsonNode.Parse(element.Span)!))));
        var texts = new List<ExportedText>();
        foreach (var text in (await records.ReadTextsAsync(found, CaseActor.System, contact: true, cancellation)).Texts)
        {
            var file = text.What == CaseReferences.File ? await FileAsync(records, found, text.Ref, cancellation) : null;
            texts.Add(new ExportedText(text.Version, text.What, text.Text, file));
        }

        return new ExportedCase(id.Value, found.State.Intake.Number, events, texts);
    }

    private static async Task<string?> FileAsync(CaseRecords records, CaseRecord found, Opaque file, CancellationToken cancellation) =>
        (await records.ReadFileAsync(found, CaseActor.System, file, cancellation)).File is { } bytes ? Convert.ToBase64String(bytes) : null;
}

/// <summary>A personal text of a case.</summary>
/// <param name="Version">The version of the event that points to it.</param>
/// <param name="What">What it is: text, contact, note, words or file.</param>
/// <param name="Text">The text; null for files, and where it was erased.</param>
/// <param name="File">A file's bytes in base64; null for texts, and where it was erased.</param>
public sealed record ExportedText(long Version, string What, string? Text, string? File);
