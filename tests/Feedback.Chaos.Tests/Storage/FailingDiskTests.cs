using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>A disk that fails or is slow under the embedded journal.</summary>
public sealed class FailingDiskTests
{
    [TracerTheory]
    [InlineData("pwrite64")]
    [InlineData("fsync,fdatasync")]
    public Task After_the_disk_failed_nothing_is_acknowledged_and_the_service_says_that_it_is_not_ready(string calls) =>
        ResultTable.RecordAsync(9, $"{calls.Replace(',', '/')} fails with EIO (strace)", async row =>
        {
            var (unready, ledger) = await DiskFaults.FailAsync(calls, Scale.Count(500));
            row.Measure("not ready after", unready.TotalSeconds, "s");
            row.Measure("refused afterwards", ledger.Refused);
            row.Measure("attempted and stored after a restart", ledger.Acknowledged);
            Assert.True(unready <= TimeSpan.FromSeconds(1));
        });

    [TracerFact]
    public Task A_disk_that_takes_a_second_per_flush_loses_nothing_and_lets_nobody_wait_long() =>
        ResultTable.RecordAsync(10, "every flush takes 1 s longer (strace), 100 events/s for 30 s", async row =>
        {
            using var data = await DemoData.CreateAsync();
            await using var server = await data.StartAsync("serve");
            var ledger = new Ledger();
            using var load = new KioskLoad(data, ledger, 100, "slow-disk");
            load.Point(server.Url);
            var before = ProcessFigures.ResidentMegaBytes(server.Id);
            Task running;
            await using (await Tracer.AttachAsync(server.Id, "fsync,fdatasync", "delay_enter=1000000", data["journal.db"], data["journal.db-wal"]))
            {
                running = load.RunAsync();
                await Task.Delay(Scale.Seconds(30), Wait.Clock);
            }

            var during = load.Figures.All;
            load.Enough();
            await running;
            row.Measure("stored while it was slow", during.Count(one => one.IsStored));
            row.Measure("refused (429, 503)", during.Count(one => one.Status is 429 or 503));
            row.Measure("slowest answer", during.Max(one => one.Seconds), "s");
            row.Measure("memory growth", ProcessFigures.ResidentMegaBytes(server.Id) - before, "MB");
            Assert.All(during, one => Assert.True(one.Status is 200 or 201 or 429 or 503, $"{one.Status}"));
            Assert.True(during.Max(one => one.Seconds) <= 5, "Somebody waited long.");
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]));
        });

    [TracerFact]
    public Task Killed_at_any_write_or_flush_the_journal_opens_again_with_everything_acknowledged() =>
        ResultTable.RecordAsync(11, "killed at the n-th write or flush (strace), n of 40 values", async row =>
        {
            var ledger = await DiskFaults.KillAsync(Enumerable.Range(0, Scale.Count(40)).Select(point => 1 + (point * 3)));
            row.Measure("requests cut off", ledger.Unknown);
            row.Measure("attempted and stored", ledger.Acknowledged);
            row.Say("integrity", "ok each time");
        });
}
