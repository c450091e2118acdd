using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Five times as much as the server can take. It gets a part of a core, so that the clients have the rest.</summary>
public sealed class OverloadTests
{
    private const double Cores = 0.2;
    private const int Senders = 32;

    [CageFact("cpu")]
    public Task Under_five_times_its_capacity_the_server_stores_what_it_accepts_and_turns_the_rest_away_at_once() =>
        ResultTable.RecordAsync(25, "5 × overload for 5 min (pushes of 10, server on 0.2 core)", async row =>
        {
            using var cage = Cage.OfProcessor();
            using var data = await DemoData.CreateAsync();
            await using var server = await data.ServeAsync(null, cage.Inside);
            var ledger = new Ledger();
            using var flood = new Flood(data, ledger, server.Url, "flood");
            // What is used for the first time takes long; with all cores it is soon over, and every kiosk is connected.
            await flood.RunAsync(1000, TimeSpan.FromSeconds(5));
            cage.Hold(Cores);
            var capacity = await flood.CapacityAsync(Senders, TimeSpan.FromSeconds(15));
            var before = ProcessFigures.ResidentMegaBytes(server.Id);

            var from = flood.Now;
            await flood.RunAsync(5 * capacity, Scale.Seconds(300));
            var during = flood.Figures.Between(from, double.MaxValue);
            var growth = ProcessFigures.ResidentMegaBytes(server.Id) - before;
            // Straight away; a little less than it can take.
            var after = flood.Now;
            await flood.RunAsync(capacity / 2, Scale.Seconds(30));
            var calm = flood.Figures.Between(after, double.MaxValue).LastOrDefault(one => !one.IsStored).At - after;

            var (accepted, refused) = (during.Where(one => one.IsStored).ToList(), during.Where(one => one.Status is 429 or 503).ToList());
            row.Measure("capacity", capacity * Flood.Each, "events/s");
            row.Measure("pushes offered", during.Count);
            row.Measure("times as many as it can take", during.Count / (capacity * Scale.Seconds(300).TotalSeconds));
            row.Measure("accepted", accepted.Count);
            row.Measure("p99 of the accepted", LoadFigures.Quantile(accepted, 0.99), "s");
            row.Measure("refused (429, 503)", refused.Count);
            row.Measure("p99 of refusals", LoadFigures.Quantile(refused, 0.99), "s");
            row.Measure("without an answer", during.Count(one => one.Status is null));
            row.Measure("memory growth", growth, "MB");
            row.Measure("last refusal after the flood", Math.Max(0, calm), "s");
            cage.Open();
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]), again: 2_000);
            Assert.True(LoadFigures.Quantile(accepted, 0.99) <= 2, "Accepted pushes waited long.");
            Assert.True(LoadFigures.Quantile(refused, 0.99) <= 1, "Refusals came late.");
            Assert.True(calm <= 30, "It took long to recover.");
        });
}
