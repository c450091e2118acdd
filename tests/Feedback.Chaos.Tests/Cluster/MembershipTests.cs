using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>
/// What operators do while everything runs: restart, add, remove silos. A window that moves may turn a push away once; of these not even
/// that is wanted, and never that one is turned away twice.
/// </summary>
public sealed class MembershipTests
{
    [Fact]
    public Task Restarting_one_silo_after_the_other_by_SIGTERM_fails_no_request() => ResultTable.RecordAsync(20, "rolling restart of 3 silos by SIGTERM, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);

        var log = await ClusterRun.RunAsync(cluster, row, 200, async _ =>
        {
            await ClusterRun.LastAsync(5);
            foreach (var silo in cluster.Silos)
            {
                var ended = await silo.TerminateAsync();
                Assert.Equal(0, ended.Code);
                silo.Start();
                await cluster.AllServeAsync();
                await ClusterRun.LastAsync(3);
            }
        });

        AssertSmooth(log, row);
    });

    [Fact]
    public Task A_silo_that_is_stopped_by_SIGTERM_fails_no_request() => ResultTable.RecordAsync(20, "SIGTERM of one of 3 silos, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);

        var log = await ClusterRun.RunAsync(cluster, row, 200, async _ =>
        {
            await ClusterRun.LastAsync(5);
            Assert.Equal(0, (await cluster.Silos[0].TerminateAsync()).Code);
            await ClusterRun.LastAsync(10);
        });

        AssertSmooth(log, row);
    });

    [Fact]
    public Task A_fourth_silo_joins_and_another_leaves_under_load_without_a_failed_request() => ResultTable.RecordAsync(20, "a silo added, another removed, 200/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);

        var log = await ClusterRun.RunAsync(cluster, row, 200, async _ =>
        {
            await ClusterRun.LastAsync(5);
            cluster.Add().Start();
            row.Measure("joined after", (await cluster.AllServeAsync()).TotalSeconds, "s");
            await ClusterRun.LastAsync(10);
            Assert.Equal(0, (await cluster.Silos[0].TerminateAsync()).Code);
            await ClusterRun.LastAsync(10);
        });

        AssertSmooth(log, row);
    });

    private static void AssertSmooth(PushLog log, ResultRow row)
    {
        Assert.True(log.MostTries() <= 2, row.ToString());
        Assert.True(log.Failed == 0, row.ToString());
    }
}
