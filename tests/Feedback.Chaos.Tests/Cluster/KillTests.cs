using System.Globalization;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>kill -9 of silos under load.</summary>
public sealed class KillTests
{
    private const double Rate = 500;

    // Of the time that all processors have between two kills, starting the killed silo takes up to a fifth: who is busier without any fault
    // has less than that left, and is overloaded, which is another fault (#25).
    private const double BusyAtMost = 0.8;

    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(10);

    [Fact]
    public Task One_of_three_silos_killed_every_10_s_for_5_minutes_takes_no_window_away_for_more_than_5_s() => ResultTable.RecordAsync(1, "kill -9 one of 3 silos every 10 s, 5 min, 500/s where the machine carries that, else 250/s", async row =>
    {
        var busy = await BusyWithoutFaultAsync();
        var rate = busy <= BusyAtMost ? Rate : Rate / 2;
        row.Say("pushed at", string.Create(CultureInfo.InvariantCulture, $"{rate}/s (500/s without any fault: processors busy for {100 * busy:0} % of the time)"));
        var end = Scale.Seconds(300);
        await using var cluster = await SiloCluster.StartAsync(3);

        var log = await ClusterRun.RunAsync(cluster, row, rate, async kiosks =>
        {
            await ClusterRun.LastAsync(10);
            var kills = 0;
            for (var next = kiosks.Now; kiosks.Now < end; next += KillEvery, kills++)
            {
                var silo = cluster.Silos[kills % 3];
                await silo.KillAsync();
                silo.Start();
                // Later when a silo takes longer than that to come back: two dead of three is another fault.
                await cluster.AllServeAsync();
                if (next + KillEvery - kiosks.Now is { Ticks: > 0 } left)
                    await Task.Delay(left, Wait.Clock);
            }

            row.Measure("kills", kills);
        });

        Assert.True(log.LongestOutage().Length <= TimeSpan.FromSeconds(5), row.ToString());
        Assert.True(log.FirstTryShare >= 0.9, row.ToString());
        Assert.True(log.ShareWithin(TimeSpan.FromSeconds(30)) >= 1, row.ToString());
    });

    [Fact]
    public Task All_silos_killed_twenty_times_serve_again_within_30_s() => ResultTable.RecordAsync(2, "kill -9 all 3 silos × 20", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var longest = TimeSpan.Zero;

        await ClusterRun.RunAsync(cluster, row, 100, async _ =>
        {
            for (var kill = 0; kill < Scale.Count(20); kill++)
            {
                await ClusterRun.LastAsync(3);
                await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
                foreach (var silo in cluster.Silos)
                    silo.Start();
                var took = await cluster.AllServeAsync();
                longest = took > longest ? took : longest;
                row.Measure("ready again after at most", longest.TotalSeconds, "s");
            }
        });

        Assert.True(longest <= TimeSpan.FromSeconds(30), row.ToString());
    });

    [Fact]
    public Task Two_silos_serve_within_30_s_when_all_were_killed_and_one_never_comes_back() => ResultTable.RecordAsync(2, "kill -9 all 3 silos, 2 come back", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var took = TimeSpan.Zero;

        await ClusterRun.RunAsync(cluster, row, 100, async _ =>
        {
            await ClusterRun.LastAsync(5);
            await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
            foreach (var silo in cluster.Silos.Skip(1))
                silo.Start();
            took = await cluster.AllServeAsync();
            row.Measure("ready again after", took.TotalSeconds, "s");
            await ClusterRun.LastAsync(10);
        });

        Assert.True(took <= TimeSpan.FromSeconds(30), row.ToString());
    });

    // A cluster of its own: what piles up here is nobody's fault below.
    private static async Task<double> BusyWithoutFaultAsync()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var busy = 0.0;
        await ClusterRun.RunAsync(cluster, new ResultRow(), Rate, async _ =>
        {
            // Silos that have just started are still being compiled.
            await ClusterRun.LastAsync(20);
            busy = await Processors.BusyAsync(ClusterRun.LastAsync(15));
        });
        return busy;
    }
}
