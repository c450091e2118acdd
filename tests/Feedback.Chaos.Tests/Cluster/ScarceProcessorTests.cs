using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>A cluster on a machine that is far too small.</summary>
public sealed class ScarceProcessorTests
{
    [ProcessorQuotaFact]
    public Task Three_silos_on_half_a_core_give_none_of_them_up() => ResultTable.RecordAsync(13, "3 silos on half a core together, 200/s, 5 min", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var before = await cluster.MembersAsync();

        await ClusterRun.RunAsync(cluster, row, 200, async _ =>
        {
            await ClusterRun.LastAsync(5);
            using (ProcessorQuota.Of(0.5, cluster.Silos.Select(silo => silo.Id)))
            {
                await ClusterRun.LastAsync(300);
                row.Measure("silos that were given up", before.Except(await cluster.MembersAsync()).Count());
            }
        });

        Assert.Equal(before, await cluster.MembersAsync());
        Assert.Equal(0, cluster.Silos.Sum(silo => silo.EndedByItself));
    });
}
