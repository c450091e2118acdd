using Feedback.Domain.Personal;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Personal;

/// <summary>
/// Before a site opens: whoever the ledger knows as erased and a restored database brought back is erased once more, by an
/// event like the first time.
/// </summary>
public sealed partial class ErasureReplay(IErasureLedger ledger, IPersonalStore personal, IGrainFactory grains, ILogger<ErasureReplay> log) : IHostedService
{
    private const int LinesAtOnce = 200;
    private const int MostAttempts = 20;

    /// <summary>How many subjects were erased once more.</summary>
    public int Erased { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var lines in ledger.Lines.Chunk(LinesAtOnce))
        {
            var kept = await personal.FindAsync([.. lines.SelectMany(line => line.References)], cancellationToken);
            foreach (var line in lines.Where(line => line.References.Any(kept.ContainsKey)))
            {
                await EraseAsync(line, PartOf(line, kept[line.References.First(kept.ContainsKey)].Text.Kind));
                Erased++;
            }
        }

        if (Erased > 0)
            ErasedOnceMore(log, Erased);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task EraseAsync(ErasedSubject line, ErasedPart part)
    {
        for (var attempt = 1; ; attempt++)
        {
            var refusal = (await grains.GetGrain<IWindowGrain>(line.Window.Value).Erase([line.Version], part, ErasureCause.Restored, ErasedPartWords.Restored)).Refusal;
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
