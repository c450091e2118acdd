using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Platform;

/// <summary>
/// Sends batch after batch. A batch is planned and stored, read, mapped, sent, and ended in one transaction with the cursors; whoever is cut
/// off anywhere between sends the same body under the same key once more.
/// </summary>
internal sealed partial class PlatformSender(
    PlatformSettings settings, PlatformPlan plan, PlatformFacts facts, IPlatformStore store, IJournal journal, IPlatformCarrier carrier,
    PlatformMetrics metrics, TimeProvider clock, ILogger<PlatformSender> log)
{
    /// <summary>Whoever takes longer has not taken it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int LongestReason = 300;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Sends the batch under way, or else the next one.</summary>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="DeliveryException">The platform did not take it: the batch stands, and is sent again.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellation)
    {
        // Whoever maps nothing would end the batches of others unsent.
        if (!settings.IsOn)
            return false;
        if (await plan.NextAsync(cancellation) is not { } batch)
            return false;
        var items = await facts.ReadAsync(batch, cancellation);
        var known = await store.RejectedAsync([.. items.Select(item => item.Id)], cancellation);
        var outcome = new BatchOutcome(batch, known, Now);
        var sent = new List<(PlatformItem Item, MappedItem Mapped)>();
        foreach (var item in items.Select(item => known.TryGetValue(item.Id, out var before) ? item with { IsNew = !before.IsKnown } : item))
        {
            var mapped = settings.Mappings[item.Kind].Map(item, settings.Zone);
            // What the platform named in an answer to this batch goes without it.
            if (known.TryGetValue(item.Id, out var before) && before.Batch == batch.Id)
                outcome.Named++;
            else if (mapped.Gap is { } gap)
                outcome.Reject(item, gap.ToString());
            else
                sent.Add((item, mapped));
        }

        if (sent.Count > 0 && !await SendAsync(batch, sent, outcome, cancellation))
            return true;
        await EndAsync(outcome);
        return true;
    }

    /// <summary>Posts items.</summary>
    /// <returns>Whether they were taken, but for those in the outcome; false where the platform named some for whose sake it took none.</returns>
    private async Task<bool> SendAsync(PlatformBatch batch, List<(PlatformItem Item, MappedItem Mapped)> sent, BatchOutcome outcome, CancellationToken cancellation)
    {
        var body = PlatformText.Write(sent);
        var answer = await AnsweredAsync(stop => carrier.SendAsync(body, KeyOf(body), clock.GetUtcNow().ToUnixTimeSeconds(), stop), cancellation);
        var reasons = answer.Rejected.GroupBy(one => one.Id).ToDictionary(one => one.Key, one => Cut(one.First().Reason), StringComparer.Ordinal);
        var rejected = sent.Where(one => reasons.ContainsKey(one.Item.Id)).Select(one => one.Item).ToList();
        if (!answer.IsTaken && (answer.Status is < 400 or > 499 || rejected.Count == 0))
        {
            metrics.Request("failed");
            throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"it answers {answer.Status}"));
        }

        metrics.Request(answer.IsTaken ? "taken" : "refused");
        foreach (var item in rejected)
            outcome.Reject(item, reasons[item.Id]);
        if (answer.IsTaken)
        {
            foreach (var (item, _) in sent.Where(one => !reasons.ContainsKey(one.Item.Id)))
                outcome.Take(item);
            return true;
        }

        // The others are sent without them: another body, and so another key.
        await journal.WriteAsync(new JournalUnit { Platform = outcome.Refused() });
        Count(outcome.Rejected);
        return false;
    }

    private async Task EndAsync(BatchOutcome outcome)
    {
        var change = outcome.Ended(Now);
        await journal.WriteAsync(new JournalUnit { Platform = change });
        foreach (var kind in outcome.Taken.GroupBy(item => item.Kind))
            metrics.Items(kind.Key, "sent", kind.Count());
        metrics.Took(TimeSpan.FromMilliseconds(Now - outcome.Batch.Begun));
        Count(outcome.Rejected);
    }

    private void Count(IReadOnlyList<RejectedItem> rejected)
    {
        foreach (var kind in rejected.GroupBy(item => item.Kind))
            metrics.Items(kind.Key, "rejected", kind.Count());
        if (rejected.Count > 0)
            ItemsRejected(log, rejected.Count, rejected[0].Id);
    }

    private async Task<PlatformAnswer> AnsweredAsync(Func<CancellationToken, Task<PlatformAnswer>> ask, CancellationToken cancellation)
    {
        try
        {
            return await PatientAsync(ask, clock, cancellation);
        }
        catch (DeliveryException)
        {
            metrics.Request("failed");
            throw;
        }
    }

    /// <summary>Asks the platform, and waits no longer than <see cref="Patience"/>.</summary>
    /// <exception cref="DeliveryException">It did not answer.</exception>
    internal static async Task<T> PatientAsync<T>(Func<CancellationToken, Task<T>> ask, TimeProvider clock, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await ask(both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException("no answer within 30 seconds");
        }
    }

    /// <summary>The key of a body: the same bytes have the same, others have others.</summary>
    internal static string KeyOf(byte[] body) => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 18));

    // What another system says is kept in tables: without what those refuse.
    private static string Cut(string reason)
    {
        var plain = new string([.. reason.Where(letter => !char.IsControl(letter)).Take(LongestReason)]);
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(plain));
    }

    [LoggerMessage(EventId = 7401, Level = LogLevel.Warning, Message = "{Count} items were not taken by the platform, such as {Id}. They are listed with the reasons at /api/v1/platform, and can be sent again from there.")]
    private static partial void ItemsRejected(ILogger log, int count, string id);
}
