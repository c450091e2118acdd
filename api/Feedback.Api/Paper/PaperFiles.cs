using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Organisation;
using Feedback.Grains.Paper;
using Feedback.Grains.Registers;

namespace Feedback.Api.Paper;

/// <summary>What became of a batch's file.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Keyed">What became of its forms.</param>
/// <param name="Spoilt">How many cannot be counted.</param>
/// <param name="Errors">What is wrong with it; then nothing of it was taken.</param>
public sealed record PaperFileOutcome(int Rows, KeyedForms Keyed, int Spoilt, IReadOnlyList<RegisterError> Errors);

/// <summary>Keys the forms of a batch from a spreadsheet. The same file once more changes nothing.</summary>
public sealed class PaperFiles(IPaperSheet sheets, PaperForms forms, PaperDesk desk, IBureau bureau)
{
    /// <summary>Keys the forms of a file, or nothing where the file is wrong.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="file">The file as it is.</param>
    /// <param name="scope">Where whoever sends it may key.</param>
    /// <param name="by">Who, as the audit trail names them.</param>
    /// <param name="culture">The language of errors.</param>
    /// <returns>What became of it; or why nothing did, after what was stored before.</returns>
    public async Task<(PaperFileOutcome? Outcome, Refusal? Refusal)> TakeAsync(PaperState batch, byte[] file, NodeScope scope, string by, CultureInfo culture)
    {
        var (rows, errors) = sheets.Read(file, bureau.Current.Catalogue.Dimensions, culture);
        if (errors.Count > 0)
            return (new PaperFileOutcome(rows.Count, new KeyedForms(0, 0, []), 0, errors), null);
        var (read, refused, spoilt) = (new List<ReadForm>(), new List<(int, Refusal)>(), 0);
        foreach (var row in rows)
        {
            if (row.Spoilt is { } reason)
            {
                var answer = await desk.PerformAsync(batch.Id, new PaperRequest(new SpoilForm(row.Form, reason), by));
                if (answer.Refusal is { Retryable: true } or { Code: "paper-closed" or "paper-batch-unknown" })
                    return (null, answer.Refusal);
                if (answer.Refusal is { } why)
                    refused.Add((row.Form, why));
                else
                    spoilt++;
                continue;
            }

            var typed = new TypedForm(row.Form, row.Grade!.Value)
            {
                Window = row.Window,
                Day = row.Day,
                Dimensions = [.. row.Dimensions],
                ServiceItem = row.ServiceItem,
                Comment = row.Comment,
            };
            var (form, unfit) = forms.Read(batch, typed, scope);
            if (form is not null)
                read.Add(form);
            else
                refused.Add((row.Form, unfit!));
        }

        var (stored, repeated) = (0, 0);
        foreach (var some in read.Chunk(PaperRules.MostAtOnce))
        {
            var (keyed, refusal) = await desk.KeyAsync(batch.Id, [.. some], by);
            if (keyed is null)
                return (null, refusal);
            (stored, repeated) = (stored + keyed.Stored, repeated + keyed.Repeated);
            refused.AddRange(keyed.Refused);
        }

        return (new PaperFileOutcome(rows.Count, new KeyedForms(stored, repeated, [.. refused.OrderBy(one => one.Item1)]), spoilt, []), null);
    }
}
