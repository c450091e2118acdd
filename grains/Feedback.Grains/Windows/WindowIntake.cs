using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Windows;

/// <summary>
/// The path of a claim into the stream: known? → admitted? → event → append → fold → receipt. One append is in flight;
/// what arrives meanwhile rides in the next one and never overtakes it.
/// </summary>
internal sealed partial class WindowIntake(
    NodeId window, IJournal journal, IBureau bureau, EventMint mint, Receipts receipts, WindowBook book, DutyRoster duty, ExcludedRatings excluded, KnownIds known, WaitingRoom room, TimeProvider clock, ILogger log)
{
    private const int ClaimsPerAppend = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private static readonly Refusal Busy = new("busy", Retryable: true);
    private static readonly Refusal Unknown = new("outcome-unknown", Retryable: true);
    private static readonly ClaimResult Elsewhere = new(ClaimStatus.Elsewhere);
    private static readonly Refusal Unexpected = new("unexpected", Retryable: true);

    private readonly StreamName _stream = StreamName.Window(window);
    private readonly Dictionary<Opaque, PendingClaim> _pending = [];
    private readonly Queue<PendingClaim> _waiting = new();
    private bool _pumping;

    /// <summary>Where the stream ends.</summary>
    public required StreamTail Tail { get; set; }

    /// <summary>Set once the stream may have moved on without this activation: it must be read anew.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Called after each append, and when this activation has become stale.</summary>
    public required Action Advanced { get; init; }

    public Task<ImmutableArray<ClaimResult>> SubmitAsync(Submission submission)
    {
        var call = new InFlight(submission.Claims.Length);
        for (var i = 0; i < submission.Claims.Length; i++)
        {
            try
            {
                Take(submission.Claims[i], submission.Sender, call, i);
            }
            catch (Exception e)
            {
                CouldNotTake(log, window, e);
                call.Settle(i, ClaimResult.Refuse(Unexpected));
            }
        }

        Pump();
        return call.AnswerAsync(Patience, clock);
    }

    private void Take(WindowClaim claim, Sender sender, InFlight call, int index)
    {
        if (IsStale)
        {
            call.Settle(index, Elsewhere);
            return;
        }

        var matter = mint.HashMatter(claim);
        var identity = claim is EvaluationClaim { Evaluation: var said }
            ? Identities.OfEvaluation(said.Source, said.Id)
            : Identities.OfMatter(((MatterClaim)claim).Source, matter!.Value);
        if (!_pending.TryGetValue(identity, out var first))
        {
            if (_pending.Count >= WaitingRoom.OfWindow || !room.TryEnter())
            {
                call.Settle(index, ClaimResult.Refuse(Busy));
                return;
            }

            var pending = new PendingClaim(identity, claim, matter, sender, call, index);
            _pending.Add(identity, pending);
            _waiting.Enqueue(pending);
        }
        else if (first.SaysTheSameAs(claim))
            first.Join(call, index);
        else
            call.Settle(index, new ClaimResult(ClaimStatus.Conflicting));
    }

    private void Pump()
    {
        if (!_pumping)
            _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        _pumping = true;
        WindowSpans.LeaveCaller();
        while (_waiting.Count > 0 || _decisions.Count > 0)
        {
            // In turns: neither waits for the other to have nothing left.
            if (_decisions.TryDequeue(out var decision))
                await PerformAsync(decision.Decide, decision.Answer);
            if (_waiting.Count > 0)
                await StoreAsync(TakeBatch());
        }

        _pumping = false;
    }

    private List<PendingClaim> TakeBatch()
    {
        var batch = new List<PendingClaim>(Math.Min(_waiting.Count, ClaimsPerAppend));
        while (batch.Count < ClaimsPerAppend && _waiting.TryDequeue(out var claim))
            batch.Add(claim);
        return batch;
    }

    private async Task StoreAsync(List<PendingClaim> batch)
    {
        using var span = WindowSpans.Append(batch);
        try
        {
            var fresh = await TakeOutRepeatsAsync(batch);
            await PrepareFlagsAsync(fresh);
            if (Prepare(fresh) is { } prepared)
                await AppendAsync(prepared);
        }
        catch (UpgradeUnderWayException) when (batch.Count > 1)
        {
            // Only some of them must wait for the upgrade. And none is folded over one whose days could not be loaded.
            foreach (var claim in batch.Where(IsPending))
            {
                if (IsStale)
                    Settle(claim, Elsewhere);
                else
                    await StoreAsync([claim]);
            }
        }
        catch (JournalBusyException e)
        {
            SettleAll(batch, ClaimResult.Refuse(e.Refusal));
        }
        catch (Exception e)
        {
            // A conflict, or an outcome that nobody knows: the stream must be read again before anything is added to it.
            GoStale(e);
            SettleAll(batch, e is VersionConflictException ? Elsewhere : ClaimResult.Refuse(Unknown));
        }
    }

    private async Task<List<PendingClaim>> TakeOutRepeatsAsync(List<PendingClaim> batch)
    {
        var asked = batch.Where(claim => known.Find(claim.Identity) is null
            && (known.MayBeInForgottenRows(claim.Identity, claim.Claim.Time.UtcMilliseconds) || known.MayBeForgottenLate(claim.Claim.Time.UtcMilliseconds)
                || (claim.IsInvited && known.HasForgotten))).ToList();
        var forgotten = asked.Count == 0 ? null : await receipts.FindForgottenAsync(asked, known);
        var fresh = new List<PendingClaim>(batch.Count);
        foreach (var claim in batch)
        {
            if (known.Find(claim.Identity) is { } version || (forgotten?.TryGetValue(claim.Identity, out version) ?? false))
                Settle(claim, await ReceiptAsync(claim, version));
            else
                fresh.Add(claim);
        }

        return fresh;
    }

    private async Task<ClaimResult> ReceiptAsync(PendingClaim claim, long version)
    {
        try
        {
            return await receipts.OfAsync(claim, version);
        }
        catch (Exception e)
        {
            // It is stored; only what it said cannot be read now. Nobody else's claim depends on that.
            CouldNotTake(log, window, e);
            return ClaimResult.Refuse(Unknown);
        }
    }

    private sealed record Prepared(
        JournalUnit Unit, IReadOnlyList<(PendingClaim Claim, JournalEvent Happened)> Stored, IReadOnlyList<Digest> Digests, RatingWatch Watch);

    private Prepared? Prepare(List<PendingClaim> fresh)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (state, flags) = (bureau.Current, new FlagsOfBatch(this, now));
        var stored = new List<(PendingClaim, JournalEvent)>(fresh.Count);
        var (elements, keys, texts, late, due) = (new List<byte[]>(fresh.Count), new List<SubjectKey>(), new List<SealedText>(), new List<LateId>(), new List<DueRow>());
        foreach (var claim in fresh)
        {
            var (sealedKeys, sealedTexts) = (keys.Count, texts.Count);
            try
            {
                var (admission, refusal) = Admissions.Admit(claim.Claim, claim.Sender, now, state.Tree, state.Catalogue, duty);
                if (admission is null)
                {
                    Settle(claim, ClaimResult.Refuse(refusal!));
                    continue;
                }

                var happened = mint.Make(claim.Claim, claim.Matter, flags.Flagged(claim, admission), state.Catalogue, keys, texts);
                var (element, work) = (EventText.Write(happened), BadRatings.WorkOf(window, Tail.Version + elements.Count + 1, happened, now));
                flags.Take(claim, happened);
                // From here on nothing fails: what is appended and who is told of it stay in step.
                elements.Add(element);
                stored.Add((claim, happened));
                if (work is not null)
                    due.Add(work);
            }
            catch (Exception e)
            {
                // Its own fault, whatever it is: the others go on without it, and without what it would have brought along.
                CouldNotTake(log, window, e);
                keys.RemoveRange(sealedKeys, keys.Count - sealedKeys);
                texts.RemoveRange(sealedTexts, texts.Count - sealedTexts);
                Settle(claim, ClaimResult.Refuse(e is MasterKeysUnreachableException ? Busy : Unexpected));
                continue;
            }

            // Whoever invites again may name another time, and the matter must be found all the same.
            if (claim.IsInvited || Identities.IsLate(claim.Claim.Time.UtcMilliseconds, Math.Max(now, Tail.At)))
                late.Add(new LateId(claim.Identity, Tail.Version + elements.Count));
        }

        if (elements.Count == 0)
            return null;
        var digests = new List<Digest>(elements.Count);
        var append = new Append(_stream, Tail.Next(elements, now, digests));
        return new Prepared(new JournalUnit { Append = append, SubjectKeys = keys, Personal = texts, LateIds = late, Due = due }, stored, digests, flags.Watch);
    }

    private async Task AppendAsync(Prepared prepared)
    {
        var (unit, stored, digests, watch) = prepared;
        var row = unit.Append!.Row;
        await journal.WriteAsync(unit);
        // Stored: from here on these claims are accepted, whatever becomes of this activation.
        (Tail, Watch) = (StreamTail.After(row), watch);
        for (var i = 0; i < stored.Count; i++)
            known.Add(stored[i].Claim.Identity, row.Version + i, row.At, stored[i].Claim.Claim.Time.UtcMilliseconds);
        await FoldAsync(row.At, stored.Select((one, i) => (row.Version + i, one.Happened)));
        for (var i = 0; i < stored.Count; i++)
            Settle(stored[i].Claim, new ClaimResult(ClaimStatus.Accepted, row.Version + i, digests[i].ToString()));
        Advanced();
    }

    private async Task FoldAsync(long at, IEnumerable<(long, JournalEvent)> events)
    {
        try
        {
            await book.TakeAsync(at, events);
        }
        catch (Exception e)
        {
            // What is stored counts; days that could not be loaded now are folded by the next activation.
            GoStale(e);
        }
    }

    private void Settle(PendingClaim claim, ClaimResult result)
    {
        _pending.Remove(claim.Identity);
        room.Leave();
        claim.Settle(result);
    }

    private void SettleAll(List<PendingClaim> batch, ClaimResult result)
    {
        // A claim that was settled may have come again meanwhile: that one waits for its own turn.
        foreach (var claim in batch.Where(IsPending))
            Settle(claim, result);
    }

    private bool IsPending(PendingClaim claim) => ReferenceEquals(_pending.GetValueOrDefault(claim.Identity), claim);

    private void GoStale(Exception why)
    {
        IsStale = true;
        MustBeReadAnew(log, window, why);
        while (_waiting.TryDequeue(out var claim))
            Settle(claim, Elsewhere);
        Advanced();
    }
}
