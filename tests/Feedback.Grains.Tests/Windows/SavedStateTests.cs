using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>What a window saved is believed only where the journal leads through it.</summary>
public sealed class SavedStateTests
{
    [Fact]
    public async Task A_state_ahead_of_the_journal_is_forgotten_and_the_window_goes_on()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(10));
        await site.StopAsync();
        Copy(site.Journal, site.Journal + ".old");
        await FillAsync(await site.StartAsync(), "lost");
        await site.StopAsync();
        Copy(site.Journal + ".old", site.Journal);

        var silo = await site.StartAsync();
        var results = await silo.SubmitAsync(Places.Window, [Some.Rating("after"), Some.Ratings(1000, "lost")[0], Some.Ratings(10)[0]]);

        Assert.Equal([ClaimStatus.Accepted, ClaimStatus.Accepted, ClaimStatus.Repeated], results.Select(result => result.Status));
        Assert.Equal(12, (await silo.EventsAsync(Places.Window)).Count);
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_state_beside_the_journal_is_forgotten_and_the_window_goes_on()
    {
        await using var site = await Site.OpenAsync();
        await site.StopAsync();
        Copy(site.Journal, site.Journal + ".old");
        await FillAsync(await site.StartAsync(), "one");
        await site.StopAsync();
        Copy(site.Grains, site.Grains + ".old");
        Copy(site.Journal + ".old", site.Journal);
        await FillAsync(await site.StartAsync(), "two");
        await site.StopAsync();
        Copy(site.Grains + ".old", site.Grains);

        var silo = await site.StartAsync();
        var results = await silo.SubmitAsync(Places.Window, [Some.Ratings(1, "one")[0], Some.Ratings(1, "two")[0]]);

        Assert.Equal([ClaimStatus.Accepted, ClaimStatus.Repeated], results.Select(result => result.Status));
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_state_that_is_forgotten_is_replaced_though_nothing_more_comes()
    {
        await using var site = await Site.OpenAsync();
        await site.StopAsync();
        Copy(site.Journal, site.Journal + ".old");
        await FillAsync(await site.StartAsync(), "one");
        await site.StopAsync();
        Copy(site.Grains, site.Grains + ".old");
        Copy(site.Journal + ".old", site.Journal);
        await FillAsync(await site.StartAsync(), "two");
        await site.StopAsync();
        Copy(site.Grains + ".old", site.Grains);

        var silo = await site.StartAsync();
        await silo.Window(Places.Window).GetMark();
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        silo = await site.CrashAndRestartAsync();
        await silo.Window(Places.Window).GetMark();

        Assert.Equal(0, silo.Journal.ReadsFromStart);
    }

    private static async Task FillAsync(RunningSilo silo, string prefix)
    {
        foreach (var some in Some.Ratings(1000, prefix).Chunk(500))
            await silo.SubmitAsync(Places.Window, [.. some]);
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days and state are saved
    }

    // Alone, as whoever puts one file back does: without the journal that SQLite keeps beside a file in use.
    private static void Copy(string from, string to)
    {
        SqliteConnection.ClearAllPools();
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(to + beside);
        File.Copy(from, to, overwrite: true);
    }
}
