using System.Globalization;
using Feedback.Domain.Personal;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Personal;

/// <summary>
/// Before a site opens: whoever the ledger knows as erased and a restored database brought back is erased once more, by an
/// event like the first time.
/// </summary>
public sealed partial class ErasureReplay(IErasureLedger ledger, IPersonalStore personal, IGrainFactory grains, IAudit audit, ILogger<ErasureReplay> log) : IHostedService
{
    private const int LinesAtOnce = 200;
    private const int MostAttempts = 20;
    private const string Act = Acts.SubjectErased;
    private const string Actor = "restore";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var back = await FindAsync(ledger, personal, cancellationToken);
        if (back.Count == 0)
            return;
        await audit.RecordAsync(new AuditEntry(Act, Actor) { Target = string.Create(CultureInfo.InvariantCulture, $"{back.Count} subjects"), Reason = ErasedPartWords.Restored });
        foreach (var (line, part) in back)
            await EraseAsync(line, part);
        ErasedOnceMore(log, back.Count);
    }

    /// <summary>Whoever the ledger knows as erased and the database holds all the same, with what is to be erased of them.</summary>
    public static async Task<IReadOnlyList<(ErasedSubject Line, ErasedPart Part)>> FindAsync(
        IErasureLedger ledger, IPersonalStore personal, CancellationToken cancellation = default)
    {
        var back = new List<(ErasedSubject, ErasedPart)>();
        foreach (var lines in ledger.Lines.Chunk(LinesAtOnce))
        {
            var kept = await personal.FindAsync([.. lines.SelectMany(line => line.References)], cancellation);
            back.AddRange(lines.Where(line => line.References.Any(kept.ContainsKey))
                .Select(line => (line, PartOf(line, kept[line.References.First(kept.ContainsKey)].Text.Kind))));
        }

        return back;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EraseAsync(ErasedSubject line, ErasedPart part)
    {
        for (var attempt = 1; ; attempt++)
        {
            var refusal = (line.Case is { } id
                ? await grains.GetGrain<ICaseGrain>(id.Value).Erase(ErasureCause.Restored, ErasedPartWords.Restored)
                : await grains.GetGrain<IWindowGrain>(line.Window.Value).Erase([line.Version], part, ErasureCause.Restored, ErasedPartWords.Restored)).Refusal;
            if (refusal is null)
                return;
            // It opens with nobody's text that was to be forgotten, or not at all.
            if (attempt == MostAttempts || !refusal.Retryable)
                throw new InvalidOperationException($"What was erased at {line.Window}, version {line.Version}, is back in the database and cannot be erased again: {refusal.Code}.");
        }
    }

    private static ErasedPart PartOf(ErasedSubject line, PersonalKind kind) =>
        line.Subject is not null ? ErasedPart.Everything : kind == PersonalKind.Comment ? ErasedPart.Comment : ErasedPart.MatterNumber;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} erased subjects were back in the database and are erased once more: it was restored from an older copy.")]
    private static partial void ErasedOnceMore(ILogger log, int count);
}
