using Feedback.Chaos.Tests.Cluster;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Network;

/// <summary>Silos that cannot talk to each other, while kiosks and the database reach each of them.</summary>
public sealed class PartitionTests
{
    private const double Rate = 200;
    private const double Long = 30;
    private static readonly TimeSpan Healed = TimeSpan.FromSeconds(30);

    [NetworkFact]
    public Task Silos_cut_off_from_each_other_lose_and_double_nothing_and_heal_within_30_s() =>
        TryAsync("partition, two-way, 30 s", async network =>
        {
            var (one, others) = Sides(network);
            one.Rules.CutOff(others);
            await ClusterRun.LastAsync(Long);
            one.Rules.Heal();
        });

    [NetworkFact]
    public Task A_silo_that_hears_but_is_not_heard_loses_and_doubles_nothing_and_heals_within_30_s() =>
        TryAsync("partition, one-way, 30 s", async network =>
        {
            var (one, others) = Sides(network);
            one.Rules.Mute(others);
            await ClusterRun.LastAsync(Long);
            one.Rules.Heal();
        });

    [NetworkFact]
    public Task A_line_between_silos_that_comes_and_goes_loses_and_doubles_nothing_and_heals_within_30_s() =>
        TryAsync("partition, flapping every 3 s, 60 s", async network =>
        {
            var (one, others) = Sides(network);
            for (var turn = 0; turn < 10; turn++)
            {
                one.Rules.CutOff(others);
                await ClusterRun.LastAsync(3);
                one.Rules.Heal();
                await ClusterRun.LastAsync(3);
            }
        });

    [NetworkFact]
    public Task A_silo_cut_off_from_everybody_loses_and_doubles_nothing_and_heals_within_30_s() =>
        TryAsync("partition, from silos and database, 30 s", async network =>
        {
            var (one, others) = Sides(network);
            one.Rules.CutOff([.. others, network.Network.Gateway]);
            await ClusterRun.LastAsync(Long);
            one.Rules.Heal();
        });

    private static ((PacketRules Rules, string Address) One, string[] Others) Sides((SiloNetwork Network, SiloCluster Cluster) all) =>
        ((all.Network.Rules(2), all.Cluster.Silos[2].Place.Address), [.. all.Cluster.Silos.Take(2).Select(silo => silo.Place.Address)]);

    private static Task TryAsync(string fault, Func<(SiloNetwork Network, SiloCluster Cluster), Task> part) => ResultTable.RecordAsync(4, fault, async row =>
    {
        using var network = SiloNetwork.Create();
        var (postgres, cluster) = await network.StartAsync(3);
        await using var _ = postgres;
        await using var __ = cluster;
        var healed = TimeSpan.Zero;

        await ClusterRun.RunAsync(cluster, row, Rate, async _ =>
        {
            await ClusterRun.LastAsync(5);
            await part((network, cluster));
            healed = await cluster.AllServeAsync();
            row.Measure("healed after", healed.TotalSeconds, "s");
            row.Measure("silos that ended by themselves", cluster.Silos.Sum(silo => silo.EndedByItself));
            await ClusterRun.LastAsync(5);
        });

        Assert.True(healed <= Healed, row.ToString());
    });
}
