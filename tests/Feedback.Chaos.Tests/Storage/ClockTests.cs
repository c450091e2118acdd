using System.Text.Json;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>The server's clock jumps while it runs; the terminals' clocks are right.</summary>
public sealed class ClockTests
{
    private const int Each = 500;
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    [ToolFact("faketime")]
    public Task A_clock_that_jumps_stores_nothing_twice_keeps_both_times_and_flags_what_lies_in_its_future() =>
        ResultTable.RecordAsync(14, "clock + 3 d, − 3 d, − 1 h while it runs (libfaketime)", async row =>
        {
            using var data = await DemoData.CreateAsync();
            using var folder = new TemporaryFolder();
            await File.WriteAllTextAsync(folder["time"], "+0");
            await using var server = await data.ServeAsync(new Dictionary<string, string?>
            {
                ["LD_PRELOAD"] = Environment.GetEnvironmentVariable("FAKETIME_LIBRARY") ?? Library,
                ["FAKETIME_TIMESTAMP_FILE"] = folder["time"],
                ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                // The file is read once a second: where each look at the clock reads it, looks of other threads tell the right time now and then.
                ["FAKETIME_CACHE_DURATION"] = "1",
            });
            var ledger = new Ledger();
            using var client = new DemoClient(data, server.Url);
            using var http = new HttpClient { BaseAddress = server.Url };
            foreach (var (shift, seconds) in new[] { ("+0", 0), ("+3d", 3 * 86_400), ("-3d", -3 * 86_400), ("-1h", -3600), ("+0", 0) })
            {
                await File.WriteAllTextAsync(folder["time"], shift);
                await Wait.UntilAsync("its clock jumps", async () => Math.Abs((await DateAsync(http) - Wait.Clock.GetUtcNow()).TotalSeconds - seconds) < 60);
                var name = $"{shift}-{ledger.Attempted}";
                foreach (var chunk in Enumerable.Range(0, Each).Chunk(50))
                {
                    var bodies = chunk.Select(n => (Window: data.Windows[n % data.Windows.Count], Id: $"{name}-{n}")).Select(one =>
                    {
                        var body = Some.Evaluation(one.Window, one.Id);
                        ledger.Attempt(one.Window, one.Id, body);
                        return body;
                    }).ToList();
                    await Wait.UntilAsync("they are stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', bodies)}]"), bodies.Count));
                }

                // Everything that was ever sent, in this new time: the first receipts.
                await Oracle.RepeatAsync(client, ledger);
            }

            var (both, flagged) = await TimesAsync(data);
            row.Measure("both times kept", both);
            row.Measure("flagged as ahead", flagged);
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]), days: 5);
            Assert.Equal(5 * Each, both);
            Assert.Equal(2 * Each, flagged);
        });

    private static async Task<DateTimeOffset> DateAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/healthz/live", UriKind.Relative));
        return answer.Headers.Date!.Value;
    }

    // Of those with clock-ahead, and only of those, the terminal's time lies more than five minutes after the server's.
    private static async Task<(int Both, int Flagged)> TimesAsync(DemoData data)
    {
        var (both, flagged) = (0, 0);
        foreach (var text in await StoredEvents.EvaluationsAsync(StoredEvents.OfFile(data["journal.db"])))
        {
            using var happened = JsonDocument.Parse(text);
            var claimed = happened.RootElement.GetProperty("claim").GetProperty("at").GetInt64();
            var set = happened.RootElement.GetProperty("set");
            var ahead = claimed - set.GetProperty("receivedAt").GetInt64() > 5 * 60_000;
            Assert.Equal(ahead, set.TryGetProperty("flags", out var flags) && flags.EnumerateArray().Any(flag => flag.GetString() == "clock-ahead"));
            both++;
            flagged += ahead ? 1 : 0;
        }

        return (both, flagged);
    }
}
