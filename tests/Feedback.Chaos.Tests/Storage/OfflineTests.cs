using System.Globalization;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Kiosks of a whole district come back after three days without a network.</summary>
public sealed class OfflineTests
{
    private const int Kiosks = 50;
    private const int InBatch = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2.4);

    [Fact]
    public Task What_fifty_kiosks_kept_for_three_days_is_drained_and_live_pushes_hardly_feel_it() =>
        ResultTable.RecordAsync(17, "50 kiosks offline 72 h, 2,000 events each in batches of 10 every 2.4 s; live 200 events/s", async row =>
        {
            using var data = await DemoData.CreateAsync();
            await data.OpenHallAsync(Kiosks);
            await using var server = await data.StartAsync("serve");
            var (ledger, each) = (new Ledger(), Scale.Count(2000));
            using var load = new KioskLoad(data, ledger, 200, "live");
            load.Point(server.Url);
            var running = load.RunAsync();
            // The first seconds of a process are no measure.
            await Task.Delay(Scale.Seconds(20), Wait.Clock);
            var from = load.Now;
            await Task.Delay(Scale.Seconds(30), Wait.Clock);
            var alone = LoadFigures.Quantile(load.Figures.Between(from, load.Now), 0.99);

            var back = load.Now;
            var postponed = (await Task.WhenAll(Enumerable.Range(0, Kiosks).Select(kiosk => DrainAsync(data, ledger, server.Url, kiosk, each)))).Sum();
            var drained = load.Now;
            var beside = LoadFigures.Quantile(load.Figures.Between(back, drained), 0.99);
            load.Enough();
            await running;

            row.Measure("kept", Kiosks * each);
            row.Measure("drained in", drained - back, "s");
            row.Measure("batches told to come again", postponed);
            row.Measure("live p99 before", alone * 1000, "ms");
            row.Measure("live p99 meanwhile", beside * 1000, "ms");
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]), days: 5);
            Assert.True(drained - back <= 600, $"It took {drained - back:0} s.");
            Assert.True(beside <= 2 * alone, $"Live pushes took {beside * 1000:0} ms instead of {alone * 1000:0} ms.");
        });

    // As a kiosk does it: batch by batch, some seconds apart, oldest first; what was not taken goes again.
    private static async Task<int> DrainAsync(DemoData data, Ledger ledger, Uri url, int kiosk, int events)
    {
        using var client = new DemoClient(data, url);
        var (window, now, postponed) = (data.Windows[kiosk], Wait.Clock.GetUtcNow(), 0);
        await Task.Delay(Pause * kiosk / Kiosks, Wait.Clock);
        foreach (var chunk in Enumerable.Range(0, events).Chunk(InBatch))
        {
            var bodies = chunk.Select(n =>
            {
                var at = now.AddHours(-72).AddSeconds(72.0 * 3600 * n / events);
                var body = string.Create(CultureInfo.InvariantCulture, $$"""{"id":"kept-{{kiosk}}-{{n}}","window":"{{window}}","occurredAt":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","grade":{{Some.Grade(n)}},"origin":"active","channel":"terminal"}""");
                ledger.Attempt(window, $"kept-{kiosk}-{n}", body);
                return body;
            }).ToList();
            while (!ledger.Note(await client.PushAsync($"[{string.Join(',', bodies)}]"), bodies.Count))
            {
                postponed++;
                await Task.Delay(TimeSpan.FromSeconds(1), Wait.Clock);
            }

            await Task.Delay(Pause, Wait.Clock);
        }

        return postponed;
    }
}
