using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>Load on a cluster while something happens to it, and the oracle afterwards.</summary>
internal static class ClusterRun
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Pushes at a rate while the faults happen, until everything is answered. Then: what is acknowledged is stored, nothing twice,
    /// nothing that nobody attempted; every silo counts it within 30 s; the journal verifies.
    /// </summary>
    /// <param name="cluster">The cluster; it serves.</param>
    /// <param name="row">What is measured goes here.</param>
    /// <param name="perSecond">Evaluations per second.</param>
    /// <param name="faults">What happens meanwhile.</param>
    /// <param name="urls">Where kiosks push to; the silos themselves when null.</param>
    /// <returns>What the kiosks met.</returns>
    public static async Task<PushLog> RunAsync(SiloCluster cluster, ResultRow row, double perSecond, Func<Kiosks, Task> faults, Func<IReadOnlyList<Uri>>? urls = null)
    {
        var ledger = new Ledger();
        await using var kiosks = new Kiosks(cluster.Data, ledger, urls ?? (() => cluster.Urls));
        var pushing = kiosks.RunAsync(perSecond);
        try
        {
            var happening = faults(kiosks);
            await await Task.WhenAny(happening, pushing);
            await happening;
            kiosks.Enough();
            await pushing.WaitAsync(LastAnswer, Wait.Clock);
            Note(row, ledger, kiosks.Log);
            ledger.AssertMatches(await cluster.StoredAsync());
            row.Measure("figures right after", (await cluster.AllCountAsync(ledger.Attempted)).TotalSeconds, "s");
            await Oracle.AssertCleanAsync(cluster.Data);
            return kiosks.Log;
        }
        catch (Exception e)
        {
            Note(row, ledger, kiosks.Log);
            throw new InvalidOperationException($"{e.Message}\n{row}\n{cluster.Logs()}", e);
        }
    }

    /// <summary>Waits while the load goes on; scaled.</summary>
    public static Task LastAsync(double seconds) => Task.Delay(Scale.Seconds(seconds), Wait.Clock);

    private static void Note(ResultRow row, Ledger ledger, PushLog log)
    {
        row.Measure("pushed", ledger.Attempted);
        row.Measure("acknowledged", ledger.Acknowledged);
        row.Measure("at the first try", 100 * log.FirstTryShare, "%");
        row.Measure("within 30 s", 100 * log.ShareWithin(RetryTime), "%");
        row.Measure("p99", log.Quantile(0.99).TotalSeconds, "s");
        var outage = log.LongestOutage();
        row.Measure("longest outage of a window", outage.Length.TotalSeconds, "s");
        row.Say("attempts that failed", $"{log.Failed} ({log.Count(AttemptEnd.Unreachable)} unreachable, {log.Count(AttemptEnd.Refused)} refused, {log.Count(AttemptEnd.Unknown)} without answer)");
        row.Measure("most tries for one push", log.MostTries());
    }
}
