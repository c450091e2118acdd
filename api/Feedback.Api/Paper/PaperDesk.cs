using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
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
public sealed class PaperDesk(IGrainFactory grains, PaperBatches batches, PaperLists lists, IAccounts accounts, AccessCheck access, TimeProvider clock)
{
    // A batch asks its windows, which answer within two seconds, and may have to ask again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);
    private const int MostTries = 5;

    /// <summary>How many batches a page has where nobody says otherwise.</summary>
    public const int UsuallyOnPage = 50;

    /// <summary>A batch within a scope; null when there is none, or it lies elsewhere.</summary>
    public async Task<PaperState?> FindAsync(string batch, NodeScope scope, CancellationToken cancellation = default) =>
        PaperBatchId.IsId(batch) && await access.FindAsync(new PaperBatchId(batch).Node.Value, scope) is not null
            ? await batches.FindAsync(new PaperBatchId(batch), cancellation) : null;

    /// <summary>A page of the batches of a place and everything below it, those opened last first.</summary>
    /// <param name="node">The place; null for everything within the scope.</param>
    /// <param name="scope">Where the reader sees.</param>
    /// <param name="after">The <see cref="PaperPage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">1 to <see cref="PaperPage.Most"/>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task<PaperPage> ListAsync(Node? node, NodeScope scope, PaperCursor? after, int limit = UsuallyOnPage, CancellationToken cancellation = default)
    {
        var view = access.ViewOf(scope);
        return lists.ListAsync([.. view.Nodes.Where(one => node is null || view.Tree.IsAtOrBelow(one.Id, node.Id, view.TodayAt(one))).Select(one => one.Id)], after, limit, cancellation);
    }

    /// <summary>Opens a batch under the next number of its node.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="by">Who, as the audit trail names them.</param>
    /// <param name="id">The sender's own id of the request; null for one that is not sent again.</param>
    /// <returns>The batch, and whether it was opened now; or why not.</returns>
    public async Task<(PaperBatchId? Batch, bool IsNew, Refusal? Refusal)> OpenAsync(PaperOpening wanted, string by, string? id)
    {
        var (view, mark) = (access.ViewOf(NodeScope.Everywhere), batches.MarkOf(wanted.Node, by, id));
        for (var tries = 1; ; tries++)
        {
            var last = await batches.CountAsync(wanted.Node);
            if (mark is not null && await batches.OpenedByAsync(wanted.Node, last, mark) is { } before)
                return Again(wanted, before);
            if (await UnknownCounterAsync(wanted.Count) is { } stranger)
                return (null, false, stranger);
            var batch = PaperBatchId.Of(wanted.Node, last + 1);
            var today = view.Tree.Find(wanted.Node) is { } node ? view.TodayAt(node) : DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var answer = await PerformAsync(batch, new PaperRequest(wanted.On(today), by) { Mark = mark });
            if (answer.Refusal is null)
                return answer.IsRepeat && await batches.FindAsync(batch) is { } first ? Again(wanted, first) : (batch, true, null);
            // Somebody else opened one under that number first.
            if (answer.Refusal.Code != "paper-batch-exists" || tries == MostTries)
                return (null, false, answer.Refusal);
        }
    }

    private static (PaperBatchId?, bool, Refusal?) Again(PaperOpening wanted, PaperState before) =>
        wanted.IsThatOf(before) ? (before.Id, false, null) : (null, false, new Refusal("paper-request-differs", "id", before.Id.Value));

    /// <summary>Tells how many forms came back; the refusal where it is not done.</summary>
    public async Task<Refusal?> CountAsync(PaperBatchId batch, CountForms count, string by) =>
        await UnknownCounterAsync(count) ?? (await PerformAsync(batch, new PaperRequest(count, by))).Refusal;

    private async Task<Refusal?> UnknownCounterAsync(CountForms? count)
    {
        foreach (var name in count?.Counters ?? [])
        {
            if (!PaperRules.IsClean(name))
                return new Refusal("text-invalid", "counters");
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
    /// <param name="http">The request: who corrects it, and from where.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="form">The form as it is right.</param>
    /// <param name="expected">The version that they have seen; null for any.</param>
    public async Task<Refusal?> CorrectAsync(HttpContext http, PaperState batch, ReadForm form, long? expected)
    {
        var caller = http.GetCaller().Caller;
        var view = access.ViewOf(caller.ScopeOf(Permission.Exclude));
        // Nobody of the hall takes its ratings out of the figures alone, by whatever way.
        bool IsInside(Node window)
        {
            var today = window.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day;
            return Recusal.IsInside(CaseActors.Of(caller), CaseLine.Of(view.Tree, window.Id, today, [], []), view.Tree, today);
        }

        var answer = await PerformAsync(batch.Id, new PaperRequest(new CorrectForm(form), caller.Name)
        {
            Expected = expected,
            MayExclude = batch.Of(form.Number).Keyed is { } keyed && view.Tree.Find(keyed.Answers.Window) is { } window && view.Sees(window) && !IsInside(window),
            Address = CallerAddress.Of(http),
        });
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
