using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;
using Feedback.Seeds.Import;

namespace Feedback.Seeds.Demo;

/// <summary>How far the writing of a history is.</summary>
/// <param name="Done">Claims whose fate is settled, those that were stored before included.</param>
/// <param name="All">All claims of the windows looked at so far, and as many for each of the others.</param>
public readonly record struct HistoryProgress(long Done, long All);

/// <summary>What was written of a history.</summary>
/// <param name="Written">Events stored by this run.</param>
/// <param name="Known">Events that an earlier run had stored.</param>
/// <param name="Totals">What the whole history adds up to.</param>
public sealed record HistoryOutcome(long Written, long Known, HistoryTotals Totals);

/// <summary>The data hold another history, or a window stays away.</summary>
public sealed class HistoryStoppedException(string message) : Exception(message);

/// <summary>
/// Writes a planned history as an import, with the times of its own, through the windows themselves. What is stored
/// already is left out, so that it may be stopped, repeated and continued on another day.
/// </summary>
/// <param name="grains">The windows.</param>
/// <param name="journal">Tells what is stored already.</param>
/// <param name="cipher">Knows a matter again by its number.</param>
/// <param name="clock">Measures pauses before another try.</param>
public sealed class DemoHistory(IGrainFactory grains, IJournal journal, PersonalCipher cipher, TimeProvider clock)
{
    private const string ImportName = "demo-history";
    private const int ClaimsAtOnce = 500;
    private const int MostRows = 64;
    private const int WindowsAtOnce = 6;

    private readonly ClaimDelivery _delivery = new(grains, new Sender(EvaluationImport.Terminal, null, ImportName), clock);

    /// <summary>The local day on which the district was first set up; today while it is not.</summary>
    public async Task<DateOnly> BegunAsync(DemoSite site, CancellationToken cancellation)
    {
        var first = await journal.ReadAsync(StreamName.Organisation, 0, 1, cancellation);
        var at = first.Count > 0 ? first[0].At : clock.GetUtcNow().ToUnixTimeMilliseconds();
        return HallZone.Get(site.Zone).LocalTime(at).Day;
    }

    /// <summary>Writes what is missing of a history.</summary>
    /// <exception cref="HistoryStoppedException">The windows hold a history of another seed, or one stays away; what was stored stays.</exception>
    public async Task<HistoryOutcome> WriteAsync(HistoryPlan plan, IProgress<HistoryProgress>? progress, CancellationToken cancellation)
    {
        var gate = new Lock();
        var (totals, seen, windows, done, written) = (HistoryTotals.None, 0L, 0, 0L, 0L);
        var options = new ParallelOptions { MaxDegreeOfParallelism = WindowsAtOnce, CancellationToken = cancellation };
        try
        {
            await Parallel.ForEachAsync(plan.Claims, options, async (one, stop) =>
            {
                var ofWindow = HistoryTotals.Of(one.Claims);
                lock (gate)
                    (totals, seen, windows) = (totals.Plus(ofWindow), seen + one.Claims.Count, windows + 1);
                await RefuseAnotherSeedAsync(one.Window.Id, plan.Source, stop);
                var missing = await MissingAsync(one.Window.Id, one.Claims, stop);
                Settled(one.Claims.Count - missing.Count, 0);
                foreach (var some in missing.Chunk(ClaimsAtOnce))
                    Settled(some.Length, Stored(one.Window.Id, await _delivery.DeliverAsync(some, stop)));
            });
        }
        catch (WindowAwayException e)
        {
            throw new HistoryStoppedException($"{e.Message}; start the demo again to go on.");
        }

        return new HistoryOutcome(written, done - written, totals);

        void Settled(int claims, long stored)
        {
            lock (gate)
            {
                (done, written) = (done + claims, written + stored);
                progress?.Report(new HistoryProgress(done, seen / windows * plan.Windows));
            }
        }
    }

    private async Task<IReadOnlyList<WindowClaim>> MissingAsync(NodeId window, IReadOnlyList<WindowClaim> claims, CancellationToken cancellation)
    {
        var known = await journal.FindLateAsync(StreamName.Window(window), [.. claims.Select(IdentityOf)], cancellation);
        return known.Count == 0 ? claims : [.. claims.Where(claim => !known.ContainsKey(IdentityOf(claim)))];
    }

    private Opaque IdentityOf(WindowClaim claim) => claim is EvaluationClaim { Evaluation: var said }
        ? Identities.OfEvaluation(said.Source, said.Id)
        : Identities.OfMatter(((MatterClaim)claim).Source, cipher.HashMatter(((MatterClaim)claim).Number));

    private static long Stored(NodeId window, ClaimResult[] results)
    {
        foreach (var odd in results.Where(result => result.Status is not (ClaimStatus.Accepted or ClaimStatus.Repeated)))
            throw new HistoryStoppedException($"Window {window} does not take its history: {odd.Refusal?.Code ?? "it holds another one"}.");
        return results.LongCount(result => result.Status == ClaimStatus.Accepted);
    }

    // A history begins the window's stream, right after whoever signed in: reading on is only for windows that had none at first.
    private async Task RefuseAnotherSeedAsync(NodeId window, string source, CancellationToken cancellation)
    {
        var (stream, limit) = (StreamName.Window(window), 1);
        for (var after = 0L; await journal.ReadAsync(stream, after, limit, cancellation) is { Count: > 0 } rows; after = rows[^1].LastVersion)
        {
            limit = Math.Min(2 * limit, MostRows);
            foreach (var (_, happened) in rows.SelectMany(EventText.Read))
            {
                var found = happened switch
                {
                    EvaluationAccepted { Admission.Imported: ImportName } e => e.Evaluation.Source,
                    MatterFinished { Admission.Imported: ImportName } e => e.Source,
                    _ => null,
                };
                if (found == source)
                    return;
                if (found is not null)
                    throw new HistoryStoppedException($"The district has the history of seed {found[HistoryPlan.SourcePrefix.Length..]}: go on with that one, or begin with an empty data directory.");
            }
        }
    }
}
