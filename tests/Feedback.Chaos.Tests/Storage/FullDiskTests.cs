using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>A disk of 64 MB of ext4 that is full, and has room again.</summary>
public sealed class FullDiskTests
{
    private const int MegaBytes = 64;
    private static readonly string Comment = ",\"comment\":\"" + new string('满', 500) + "\"";

    [Ext4Fact]
    public Task Under_SQLite_writing_goes_on_without_a_restart() => ResultTable.RecordAsync(8, "disk full (64 MB loop ext4), SQLite", async row =>
    {
        using var disk = SmallDisk.MountExt4(MegaBytes);
        using var data = await DemoData.CreateAsync(at: disk.Path);
        await using var server = await data.StartAsync("serve");
        var (ledger, resumed) = await FillAsync(disk, data, server, () => Task.CompletedTask, row);
        await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]));
        Assert.True(resumed <= 10, $"Storing took {resumed:0.0} s to go on.");
    });

    [Ext4Fact]
    public Task Under_PostgreSQL_writing_goes_on_once_there_is_room() => ResultTable.RecordAsync(8, "disk full (64 MB loop ext4), PostgreSQL", async row =>
    {
        using var disk = SmallDisk.MountExt4(MegaBytes);
        await using var postgres = await PrivatePostgres.StartAsync(durable: true, at: disk.Path);
        var connection = await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        await using var server = await data.StartAsync("serve");
        var (ledger, resumed) = await FillAsync(disk, data, server, async () =>
        {
            // It gives up when it can write neither its log nor anything else; a service manager starts it again.
            row.Say("PostgreSQL", postgres.HasEnded ? "ended by itself and was started again" : "stayed up");
            if (postgres.HasEnded)
                await postgres.RestartAsync();
        }, row);
        await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
        Assert.True(resumed <= 60, $"Storing took {resumed:0.0} s to go on.");
    });

    private static async Task<(Ledger Ledger, double Resumed)> FillAsync(SmallDisk disk, DemoData data, FeedbackProcess server, Func<Task> afterwards, ResultRow row)
    {
        var ledger = new Ledger();
        using var load = new KioskLoad(data, ledger, 100, "full") { More = Comment };
        load.Point(server.Url);
        var running = load.RunAsync();
        await Wait.UntilAsync("some are stored", () => Task.FromResult(ledger.Acknowledged > 100));
        await disk.FillAsync();
        await Wait.UntilAsync("the disk is full", () => Task.FromResult(ledger.Refused > 100 && ledger.Open.Any()), TimeSpan.FromSeconds(120));
        var stored = ledger.Acknowledged;
        await Task.Delay(Scale.Seconds(5), Wait.Clock);
        row.Measure("refused while it was full", ledger.Refused);
        row.Measure("stored in the last 5 s of that", ledger.Acknowledged - stored);

        File.Delete(disk.Ballast);
        var room = load.Now;
        await afterwards();
        await Wait.UntilAsync("storing goes on", () => Task.FromResult(load.Figures.ResumedAfter(room) is not null), TimeSpan.FromSeconds(90));
        await Task.Delay(TimeSpan.FromSeconds(2), Wait.Clock);
        load.Enough();
        await running;
        var resumed = load.Figures.ResumedAfter(room)!.Value;
        row.Measure("storing again after", resumed, "s");
        return (ledger, resumed);
    }
}
