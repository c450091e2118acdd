using Feedback.Chaos.Tests.Cluster;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Clusters;
using Xunit;

namespace Feedback.Chaos.Tests.Network;

/// <summary>Lines that lose packets, and lines that are long and narrow.</summary>
public sealed class BadLineTests
{
    // The database stands beside the silos.
    [NetworkFact]
    public Task With_a_tenth_of_all_packets_lost_between_kiosks_and_silos_99_of_100_are_acknowledged_within_2_s() => LoseAsync(
        10, "10 % of packets lost at kiosks and between silos, 100/s", database: false,
        (log, row) =>
        {
            row.Say("judged by", "the oracle, and a p99 of at most 2 s");
            Assert.True(log.Quantile(0.99) <= TimeSpan.FromSeconds(2), row.ToString());
        });

    [NetworkFact]
    public Task With_a_tenth_of_all_packets_lost_to_the_database_too_nothing_is_lost_or_doubled() =>
        LoseAsync(10, "10 % of packets lost everywhere, 100/s", database: true, ByOracle);

    [NetworkFact]
    public Task With_three_tenths_of_all_packets_lost_nothing_is_lost_or_doubled() =>
        LoseAsync(30, "30 % of packets lost everywhere, 100/s", database: true, ByOracle);

    [Fact]
    public Task Over_lines_of_256_kbit_and_a_tenth_of_a_second_nothing_is_lost_or_doubled() => ResultTable.RecordAsync(5, "lines of 256 kbit/s and 100 ms to each silo, 30/s", async row =>
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var lines = cluster.Urls.Select(url => new SlowLine(url, TimeSpan.FromMilliseconds(100), 256_000)).ToList();
        try
        {
            await ClusterRun.RunAsync(cluster, row, 30, _ => ClusterRun.LastAsync(60), () => [.. lines.Select(line => line.Url)]);
        }
        finally
        {
            foreach (var line in lines)
                await line.DisposeAsync();
        }
    });

    // A commit takes several round trips: how soon they all get through is not promised where the line to the database loses packets.
    private static void ByOracle(PushLog log, ResultRow row) =>
        row.Say("judged by", "the oracle alone: p99 has no limit where the database's line loses packets, too");

    private static Task LoseAsync(int percent, string fault, bool database, Action<PushLog, ResultRow> judge) => ResultTable.RecordAsync(5, fault, async row =>
    {
        using var network = SiloNetwork.Create();
        var (postgres, cluster) = await network.StartAsync(3);
        await using var _ = postgres;
        await using var __ = cluster;

        var log = await ClusterRun.RunAsync(cluster, row, 100, async _ =>
        {
            for (var silo = 0; silo < 3; silo++)
                network.Rules(silo).Lose(percent, [network.Gateway], database ? null : postgres.Port);
            await ClusterRun.LastAsync(60);
            for (var silo = 0; silo < 3; silo++)
                network.Rules(silo).Heal();
            await cluster.AllServeAsync();
            row.Measure("silos that ended by themselves", cluster.Silos.Sum(silo => silo.EndedByItself));
        });

        judge(log, row);
    });
}
