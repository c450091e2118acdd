using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Accounts;
using Feedback.Grains.Paper;

namespace Feedback.Api.Paper;

/// <summary>What becomes of several forms that were keyed.</summary>
/// <param name="Stored">How many are stored now.</param>
/// <param name="Repeated">How many were stored before.</param>
/// <param name="Refused">Which are not stored, and why.</param>
public sealed record KeyedForms(int Stored, int Repeated, ImmutableArray<(int Form, Refusal Refusal)> Refused);

/// <summary>The path of whoever keys printed forms, from the pages and from the API: batch → window → receipt.</summary>
public sealed class PaperDesk(IGrainFactory grains, PaperBatches batches, IAccounts accounts, AccessCheck access, TimeProvider clock)
{
    // A batch asks its windows, which answer within two seconds, and may have to ask again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);
    private const int MostTries = 5;

    /// <summary>A batch within a scope; null when there is none, or it lies elsewhere.</summary>
    public async Task<PaperState?> FindAsync(string batch, NodeScope scope, CancellationToken cancellation = default) =>
        PaperBatchId.IsId(batch) && await access.FindAsync(new PaperBatchId(batch).Node.Value, scope) is not null
            ? await batches.FindAsync(new PaperBatchId(batch), cancellation) : null;

    /// <summary>The batches of a place and everything below it, those opened last first.</summary>
    /// <param name="node">The place; null for everything within the scope.</param>
    /// <param name="scope">Where the reader sees.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task<IReadOnlyList<PaperState>> ListAsync(Node? node, NodeScope scope, CancellationToken cancellation = default)
    {
        var view = access.ViewOf(scope);
        return batches.ListAsync([.. view.Nodes.Where(one => node is null || view.Tree.IsAtOrBelow(one.Id, node.Id, view.TodayAt(one))).Select(one => one.Id)], cancellation);
    }

    /// <summary>Opens a batch under the next number of its node.</summary>
    /// <param name="command">The counts.</param>
    /// <param name="by">Who, as the audit trail names them.</param>
    /// <param name="id">The sender's own id of the request; null for one that is not sent again.</param>
    /// <returns>The batch, and whether it was opened now; or why not.</returns>
    public async Task<(PaperBatchId? Batch, bool IsNew, Refusal? Refusal)> OpenAsync(OpenPaperBatch command, string by, string? id)
    {
        if (await UnknownCounterAsync(command.Count) is { } stranger)
            return (null, false, stranger);
        var mark = batches.MarkOf(command, by, id);
        for (var tries = 1; ; tries++)
        {
            var last = await batches.CountAsync(command.Node);
            if (mark is not null && await batches.OpenedByAsync(command.Node, last, mark) is { } before)
                return (before, false, null);
            var batch = PaperBatchId.Of(command.Node, last + 1);
            var answer = await PerformAsync(batch, new PaperRequest(command, by) { Mark = mark });
            if (answer.Refusal is null)
                return (batch, true, null);
            // Somebody else opened one under that number first.
            if (answer.Refusal.Code != "paper-batch-exists" || tries == MostTries)
                return (null, false, answer.Refusal);
        }
    }

    /// <summary>Tells how many forms came back; the refusal where it is not done.</summary>
    public async Task<Refusal?> CountAsync(PaperBatchId batch, CountForms count, string by) =>
        await UnknownCounterAsync(count) ?? (await PerformAsync(batch, new PaperRequest(count, by))).Refusal;

    private async Task<Refusal?> UnknownCounterAsync(CountForms? count)
    {
        foreach (var name in count?.Counters ?? [])
        {
            if (await accounts.FindByNameAsync(name) is not { Disabled: false })
                return new Refusal("paper-counter-unknown", "counters", name);
        }

        return null;
    }

    /// <summary>Keys forms.</summary>
    public async Task<(KeyedForms? Keyed, Refusal? Refusal)> KeyAsync(PaperBatchId batch, ImmutableArray<ReadForm> forms, string by)
    {
        var answer = await PerformAsync(batch, new PaperRequest(new KeyForms(forms), by));
        if (answer.Refusal is { } refusal)
            return (null, refusal);
        return (new KeyedForms(
            answer.Rows.Count(row => row is { Refusal: null, IsNew: true }), answer.Rows.Count(row => row is { Refusal: null, IsNew: false }),
            [.. answer.Rows.Where(row => row.Refusal is not null).Select(row => (row.Form, row.Refusal!))]), null);
    }

    /// <summary>Corrects a form; the refusal where it is not done.</summary>
    public async Task<Refusal?> CorrectAsync(PaperBatchId batch, ReadForm form, string by, long? expected)
    {
        var answer = await PerformAsync(batch, new PaperRequest(new CorrectForm(form), by) { Expected = expected });
        return answer.Refusal ?? answer.Rows.Select(row => row.Refusal).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Does something with a batch. What a silo took along is not known: it may be sent again.</summary>
    public async Task<PaperAnswer> PerformAsync(PaperBatchId batch, PaperRequest request)
    {
        try
        {
            return await grains.GetGrain<IPaperGrain>(batch.Value).Perform(request).WaitAsync(Patience, clock);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return PaperAnswer.Refuse(new Refusal("outcome-unknown", Retryable: true));
        }
    }
}
