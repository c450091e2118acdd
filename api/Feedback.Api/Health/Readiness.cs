using Feedback.Domain.Evaluations;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Health;

/// <summary>
/// Whether this silo can serve: it is not about to stop, it is a member of the cluster, it knows the organisation, and its
/// journal commits.
/// </summary>
/// <remarks>
/// That the journal commits is proven by a transaction. One is under way at a time, and its outcome holds for 250 ms,
/// however many ask; nobody waits for it longer than a second.
/// </remarks>
public sealed class Readiness(
    IJournalProbe probe, IJournalVitals journal, IBureau bureau, IClusterMembershipService membership, ILocalSiloDetails here,
    Draining draining, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shared = TimeSpan.FromMilliseconds(250);

    private readonly Lock _probing = new();
    private Task? _probe;
    private long _endedAt;

    /// <summary>Why this silo cannot serve, as far as is known without trying; null when nothing speaks against it.</summary>
    public Refusal? Known =>
        draining.IsUnderWay ? Not("draining")
        : membership.CurrentSnapshot.GetSiloStatus(here.SiloAddress) is not SiloStatus.Active ? Not("not-member")
        : !bureau.IsLoaded ? Not("not-loaded")
        : journal.Read() is { FailingSince: not null } ? Not("not-ready")
        : null;

    /// <summary>Why nothing but a new start of the process helps; null when it need not be started anew.</summary>
    public Refusal? Hopeless => journal.Read().NeedsRestart ? Not("restart-needed") : null;

    /// <summary>Tries it: why this silo cannot serve, or null when it can.</summary>
    public async Task<Refusal?> CheckAsync(CancellationToken cancellation)
    {
        if (Known is { Code: "draining" or "not-member" } refusal)
            return refusal;
        try
        {
            if (!bureau.IsLoaded)
                await bureau.RefreshAsync().WaitAsync(Patience, clock, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Not("not-loaded");
        }

        try
        {
            await ProbeAsync().WaitAsync(Patience, clock, cancellation);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Hopeless ?? Not("not-ready");
        }
    }

    private Task ProbeAsync()
    {
        lock (_probing)
        {
            // One that hangs is asked no second time: its successors would only wait behind it.
            if (_probe is null || (_probe.IsCompleted && clock.GetElapsedTime(Volatile.Read(ref _endedAt)) >= Shared))
                _probe = ProbeNowAsync();
            return _probe;
        }
    }

    private async Task ProbeNowAsync()
    {
        try
        {
            await probe.CommitAsync();
        }
        finally
        {
            Volatile.Write(ref _endedAt, clock.GetTimestamp());
        }
    }

    private static Refusal Not(string code) => new(code, Retryable: true);
}
