using System.Text.Json;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Cluster;

/// <summary>One silo of three has a wrong clock; the terminals' clocks, and those of the others, are right.</summary>
public sealed class ClockTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    [ToolFact("faketime")]
    public Task One_silo_with_a_wrong_clock_loses_and_doubles_nothing_and_the_cluster_stays_whole() =>
        ResultTable.RecordAsync(14, "one silo of 3 with a clock of + 1 h, then of − 1 h (libfaketime), 100/s", async row =>
        {
            using var folder = new TemporaryFolder();
            await File.WriteAllTextAsync(folder["time"], "+0");
            await using var cluster = await SiloCluster.PrepareAsync();
            cluster.Add().Start();
            cluster.Add().Start();
            var wrong = cluster.AddUnder(ByFile(folder["time"]));
            wrong.Start();
            await cluster.AllServeAsync();
            var (before, begun) = (await cluster.MembersAsync(), Wait.Clock.GetUtcNow().ToUnixTimeMilliseconds());

            await ClusterRun.RunAsync(cluster, row, 100, async _ =>
            {
                using var http = new HttpClient { BaseAddress = wrong.Place.Url };
                await ClusterRun.LastAsync(10);
                foreach (var (shift, hours) in new[] { ("+1h", 1), ("-1h", -1), ("+0", 0) })
                {
                    await File.WriteAllTextAsync(folder["time"], shift);
                    await Wait.UntilAsync("its clock jumps", async () => Math.Abs((await DateAsync(http) - Wait.Clock.GetUtcNow()).TotalHours - hours) < 0.1);
                    await ClusterRun.LastAsync(30);
                }

                await cluster.AllServeAsync();
            });

            var ended = Wait.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            var (ahead, behind) = await TimesAsync(cluster.Data, begun, ended);
            row.Measure("received an hour ahead", ahead);
            row.Measure("received an hour behind, and flagged", behind);
            row.Measure("silos that ended by themselves", cluster.Silos.Sum(silo => silo.EndedByItself));
            Assert.True(cluster.Silos.All(silo => silo.EndedByItself == 0), $"{row}\n{cluster.Logs()}");
            Assert.Equal(before, await cluster.MembersAsync());
            Assert.DoesNotContain("Error activating grain", cluster.Logs(), StringComparison.Ordinal);
            Assert.True(ahead > 0 && behind > 0, row.ToString());
        });

    // Its clock goes as a file says; its monotonic one does not.
    private static string[] ByFile(string time) =>
    [
        "env", "LD_PRELOAD=" + (Environment.GetEnvironmentVariable("FAKETIME_LIBRARY") ?? Library),
        "FAKETIME_TIMESTAMP_FILE=" + time, "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1",
    ];

    private static async Task<DateTimeOffset> DateAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/healthz/live", UriKind.Relative));
        return answer.Headers.Date!.Value;
    }

    // The terminal's time is kept as it was told, within the test; the silo's is the right one or an hour off; and what seems to come
    // from more than five minutes in the future is flagged, nothing else.
    private static async Task<(int Ahead, int Behind)> TimesAsync(DemoData data, long begun, long ended)
    {
        var (ahead, behind) = (0, 0);
        foreach (var text in await StoredEvents.EvaluationsAsync(data.Journal))
        {
            using var happened = JsonDocument.Parse(text);
            var claimed = happened.RootElement.GetProperty("claim").GetProperty("at").GetInt64();
            var set = happened.RootElement.GetProperty("set");
            var late = set.GetProperty("receivedAt").GetInt64() - claimed;
            Assert.InRange(claimed, begun, ended);
            Assert.True(new[] { 0, Hour, -Hour }.Any(shift => Math.Abs(late - shift) < 2 * Minute), text);
            Assert.Equal(late < -5 * Minute, set.TryGetProperty("flags", out var flags) && flags.EnumerateArray().Any(flag => flag.GetString() == "clock-ahead"));
            ahead += late > 5 * Minute ? 1 : 0;
            behind += late < -5 * Minute ? 1 : 0;
        }

        return (ahead, behind);
    }
}
