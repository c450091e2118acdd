using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>A silo that hangs, and wakes up long after the others gave it up.</summary>
public sealed class FreezeTests
{
    [Fact]
    public Task A_silo_that_hangs_for_60_s_is_left_out_within_20_s_writes_nothing_stale_and_is_back_within_30_s() => ResultTable.RecordAsync(3, "SIGSTOP of a silo for 60 s, then SIGCONT", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var back = TimeSpan.Zero;

        var log = await ClusterRun.RunAsync(cluster, row, 200, async _ =>
        {
            await ClusterRun.LastAsync(10);
            cluster.Silos[1].Pause();
            await ClusterRun.LastAsync(60);
            cluster.Silos[1].Resume();
            // It finds out that it was given up, and ends; whoever runs it starts it again.
            back = await cluster.AllServeAsync();
            row.Measure("back after", back.TotalSeconds, "s");
            row.Measure("ended by itself", cluster.Silos[1].EndedByItself);
            await ClusterRun.LastAsync(10);
        });

        Assert.True(log.LongestOutage().Length <= TimeSpan.FromSeconds(20), row.ToString());
        Assert.True(back <= TimeSpan.FromSeconds(30), row.ToString());
    });
}
