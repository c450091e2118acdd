using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>PostgreSQL goes away, or hangs, under a whole cluster. No silo ends for that, and none gives another one up.</summary>
public sealed class DatabaseTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public Task Twenty_kills_of_PostgreSQL_under_three_silos_lose_and_double_nothing_and_end_no_silo() =>
        ResultTable.RecordAsync(6, "kill -9 of the postmaster × 20 under 3 silos, 200/s", async row =>
        {
            await using var cluster = await SiloCluster.StartAsync(3);
            var (before, longest) = (await cluster.MembersAsync(), TimeSpan.Zero);

            await ClusterRun.RunAsync(cluster, row, 200, async _ =>
            {
                for (var kill = 0; kill < Scale.Count(20); kill++)
                {
                    await ClusterRun.LastAsync(3);
                    await cluster.Postgres.KillAsync();
                    await cluster.Postgres.RestartAsync();
                    var took = await cluster.AllServeAsync();
                    longest = took > longest ? took : longest;
                    row.Measure("all silos ready again after at most", longest.TotalSeconds, "s");
                }

                await ClusterRun.LastAsync(5);
            });

            await AssertWholeAsync(cluster, row, before);
            Assert.True(longest <= Soon, row.ToString());
        });

    [Fact]
    public Task While_PostgreSQL_hangs_under_three_silos_everybody_is_told_when_to_come_again_and_no_silo_ends() =>
        ResultTable.RecordAsync(7, "PostgreSQL stopped (SIGSTOP) for 30 s under 3 silos, 100/s", async row =>
        {
            await using var cluster = await SiloCluster.StartAsync(3);
            var (before, back, most) = (await cluster.MembersAsync(), TimeSpan.Zero, 0.0);
            var (paused, resumed) = (TimeSpan.Zero, TimeSpan.Zero);

            var log = await ClusterRun.RunAsync(cluster, row, 100, async kiosks =>
            {
                await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
                var memory = cluster.Silos.Select(MegaBytes).ToList();
                cluster.Postgres.Pause();
                try
                {
                    paused = kiosks.Now;
                    while (kiosks.Now < paused + Scale.Seconds(30))
                    {
                        most = Math.Max(most, cluster.Silos.Select(MegaBytes).Zip(memory, (now, then) => now - then).Max());
                        await Task.Delay(TimeSpan.FromMilliseconds(200), Wait.Clock);
                    }

                    resumed = kiosks.Now;
                }
                finally
                {
                    cluster.Postgres.Resume();
                }

                back = await cluster.AllServeAsync();
                row.Measure("all silos ready again after", back.TotalSeconds, "s");
                row.Measure("memory growth of a silo", most, "MB");
                await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
            });

            // What was committed just before may be answered just after; and who sends again what is stored gets its receipt.
            var during = log.Attempts.Where(attempt => attempt.Began >= paused && attempt.Ended >= paused + TimeSpan.FromSeconds(0.5) && attempt.Ended < resumed).ToList();
            var slowest = during.Select(attempt => attempt.Ended - attempt.Began).DefaultIfEmpty().Max();
            row.Measure("refused while it hung", during.Count(attempt => attempt.End == AttemptEnd.Refused));
            row.Measure("slowest answer meanwhile", slowest.TotalSeconds, "s");
            await AssertWholeAsync(cluster, row, before);
            Assert.NotEmpty(during);
            Assert.All(during.Where(attempt => attempt.Number == 0), attempt => Assert.Equal(AttemptEnd.Refused, attempt.End));
            Assert.All(during.Where(attempt => attempt.End == AttemptEnd.Refused), attempt => Assert.True(attempt.Again > TimeSpan.Zero, attempt.ToString()));
            Assert.True(slowest <= TimeSpan.FromSeconds(3), row.ToString());
            Assert.True(most <= 200, row.ToString());
            Assert.True(back <= Soon, row.ToString());
        });

    private static double MegaBytes(SiloProcess silo) => ProcessFigures.ResidentMegaBytes(silo.Id);

    private static async Task AssertWholeAsync(SiloCluster cluster, ResultRow row, IReadOnlyList<string> before)
    {
        row.Measure("silos that ended by themselves", cluster.Silos.Sum(silo => silo.EndedByItself));
        Assert.True(cluster.Silos.All(silo => silo.EndedByItself == 0), $"{row}\n{cluster.Logs()}");
        Assert.Equal(before, await cluster.MembersAsync());
    }
}
