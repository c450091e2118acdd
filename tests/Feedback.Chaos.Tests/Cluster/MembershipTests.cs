using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>
/// What operators do while everything runs: restart, add, remove silos. A window that moves may turn a push away once; here not even that
/// is wanted, of all that is under way at the first step or comes later. A cluster that has only just started may turn some away before: that is no fault of the step.
/// </summary>
public sealed class MembershipTests
{
    [Fact]
    public Task Restarting_one_silo_after_the_other_by_SIGTERM_fails_no_request() => ResultTable.RecordAsync(20, "rolling restart of 3 silos by SIGTERM, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var begun = TimeSpan.Zero;

        var log = await ClusterRun.RunAsync(cluster, row, 200, async kiosks =>
        {
            await ClusterRun.LastAsync(5);
            begun = kiosks.Now;
            foreach (var silo in cluster.Silos)
            {
                var ended = await silo.TerminateAsync();
                Assert.Equal(0, ended.Code);
                silo.Start();
                await cluster.AllServeAsync();
                await ClusterRun.LastAsync(3);
            }
        });

        AssertSmooth(log, begun, row);
    });

    [Fact]
    public Task A_silo_that_is_stopped_by_SIGTERM_fails_no_request() => ResultTable.RecordAsync(20, "SIGTERM of one of 3 silos, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var begun = TimeSpan.Zero;

        var log = await ClusterRun.RunAsync(cluster, row, 200, async kiosks =>
        {
            await ClusterRun.LastAsync(5);
            begun = kiosks.Now;
            Assert.Equal(0, (await cluster.Silos[0].TerminateAsync()).Code);
            await ClusterRun.LastAsync(10);
        });

        AssertSmooth(log, begun, row);
    });

    [Fact]
    public Task A_fourth_silo_joins_and_another_leaves_under_load_without_a_failed_request() => ResultTable.RecordAsync(20, "a silo added, another removed, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var begun = TimeSpan.Zero;

        var log = await ClusterRun.RunAsync(cluster, row, 200, async kiosks =>
        {
            await ClusterRun.LastAsync(5);
            begun = kiosks.Now;
            cluster.Add().Start();
            row.Measure("joined after", (await cluster.AllServeAsync()).TotalSeconds, "s");
            await ClusterRun.LastAsync(10);
            Assert.Equal(0, (await cluster.Silos[0].TerminateAsync()).Code);
            await ClusterRun.LastAsync(10);
        });

        AssertSmooth(log, begun, row);
    });

    private static void AssertSmooth(PushLog log, TimeSpan begun, ResultRow row)
    {
        var failed = log.FailedFrom(begun).Count;
        row.Measure("of these from the first step on", failed);
        Assert.True(failed == 0, row.ToString());
    }
}
