using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>PostgreSQL itself goes away, or hangs.</summary>
public sealed class PostmasterTests
{
    [Fact]
    public Task Twenty_kills_of_PostgreSQL_under_load_lose_and_double_nothing_and_storing_goes_on_once_it_is_back() =>
        ResultTable.RecordAsync(6, "kill -9 of the postmaster × 20, 100 events/s", async row =>
        {
            await using var postgres = await PrivatePostgres.StartAsync(durable: true);
            var connection = await postgres.CreateDatabaseAsync();
            using var data = await DemoData.CreateAsync(connection);
            await using var server = await data.StartAsync("serve");
            var (ledger, slowest) = (new Ledger(), 0.0);
            using var load = new KioskLoad(data, ledger, 100, "postmaster");
            load.Point(server.Url);
            var running = load.RunAsync();
            for (var kill = 0; kill < Scale.Count(20); kill++)
            {
                var enough = ledger.Acknowledged + 150;
                await Wait.UntilAsync("more is acknowledged", () => Task.FromResult(ledger.Acknowledged >= enough));
                await postgres.KillAsync();
                await postgres.RestartAsync();
                var ready = load.Now;
                await Wait.UntilAsync("storing goes on", () => Task.FromResult(load.Figures.ResumedAfter(ready) is not null));
                slowest = Math.Max(slowest, load.Figures.ResumedAfter(ready)!.Value);
            }

            load.Enough();
            await running;
            row.Measure("storing again after at most", slowest, "s");
            load.Figures.Tell(row);
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
            Assert.True(slowest <= 10, $"Storing took {slowest:0.0} s to go on.");
        });

    [Fact]
    public Task While_PostgreSQL_hangs_everybody_is_told_when_to_come_again_and_nothing_is_acknowledged() =>
        ResultTable.RecordAsync(7, "PostgreSQL stopped (SIGSTOP) for 30 s, 100 events/s", async row =>
        {
            await using var postgres = await PrivatePostgres.StartAsync(durable: true);
            var connection = await postgres.CreateDatabaseAsync();
            using var data = await DemoData.CreateAsync(connection);
            await using var server = await data.StartAsync("serve");
            var ledger = new Ledger();
            using var load = new KioskLoad(data, ledger, 100, "hanging");
            load.Point(server.Url);
            var running = load.RunAsync();
            await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
            var (before, most) = (ProcessFigures.ResidentMegaBytes(server.Id), 0.0);

            postgres.Pause();
            var (paused, length) = (load.Now, Scale.Seconds(30).TotalSeconds);
            while (load.Now < paused + length)
            {
                most = Math.Max(most, ProcessFigures.ResidentMegaBytes(server.Id));
                await Task.Delay(TimeSpan.FromMilliseconds(200), Wait.Clock);
            }

            var resumed = load.Now;
            postgres.Resume();
            await Wait.UntilAsync("storing goes on", () => Task.FromResult(load.Figures.ResumedAfter(resumed) is not null));
            await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
            load.Enough();
            await running;

            // What was committed just before may be answered just after.
            var during = load.Figures.Since(paused).Between(paused + 0.5, resumed);
            var slowest = during.Max(one => one.Seconds);
            row.Measure("refused while it hung", during.Count);
            row.Measure("slowest refusal", slowest, "s");
            row.Measure("memory growth", most - before, "MB");
            row.Measure("storing again after", load.Figures.ResumedAfter(resumed)!.Value, "s");
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
            Assert.All(during, one => Assert.Equal((503, true), (one.Status, one.Wait > 0)));
            Assert.True(slowest <= 3, $"The slowest refusal took {slowest:0.0} s.");
            Assert.True(most - before <= 200, $"Memory grew by {most - before:0} MB.");
        });
}
