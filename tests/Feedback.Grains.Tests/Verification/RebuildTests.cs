using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Feedback.Grains.Windows;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Grains.Tests.Verification;

public sealed class RebuildTests
{
    // Less the matters: a stored day may still hold what is said of a matter by a newer day, too.
    private const string Days = "select node, day, hall, parent, version, changed_at, fold, tally, active_5, excluded, matters_rated from node_days order by node, day";
    private const string Through = "select * from days_through order by node";
    private const string LateIds = "select * from late_ids order by stream, hex(identity)";

    [Fact]
    public async Task Rebuild_makes_the_same_days_and_late_ids_again()
    {
        await using var site = await Site.OpenAsync();
        for (var day = 0; day < 4; day++)
        {
            foreach (var window in Places.Windows)
            {
                await site.Silo.SubmitAsync(window,
                    Some.Rating($"now-{day}", window, Some.Morning.AddDays(day), matter: $"m-{day}"),
                    Some.Rating($"offline-{day}", window, Some.Morning.AddDays(day - 3), comment: "好"),
                    Some.Rating($"ahead-{day}", window, Some.Morning.AddDays(day + 3)),
                    Some.Finished($"m-{day - 1}", window, Some.Morning.AddDays(day)));
                await site.Silo.Window(window).SetExcluded(1 + (4 * day), excluded: true, "self-rating");
            }

            await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
            await site.Silo.JumpAsync(TimeSpan.FromDays(1));
        }

        var before = (SqliteFile.Rows(site.Journal, Days), SqliteFile.Rows(site.Journal, Through), SqliteFile.Rows(site.Journal, LateIds));
        Assert.Equal((5 + 1 + 1) * 4, before.Item1.Count);
        Assert.NotEmpty(before.Item3);
        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);

        Assert.Equal(before.Item2, SqliteFile.Rows(site.Journal, Through));
        Assert.Equal(before.Item3, SqliteFile.Rows(site.Journal, LateIds));
        Assert.Equal(before.Item1, SqliteFile.Rows(site.Journal, Days));
    }

    [Fact]
    public async Task A_rebuild_that_stops_half_way_leaves_its_mark_until_one_is_through()
    {
        const string Mark = "select value from meta where name = 'unfinished-rebuild'";
        await using var site = await Site.OpenAsync();
        foreach (var window in Places.Windows)
            await site.Silo.SubmitAsync(window, Some.Rating("one", window), Some.Rating("late", window, Some.Morning.AddDays(-3)));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var before = (SqliteFile.Rows(site.Journal, Days), SqliteFile.Rows(site.Journal, LateIds));
        var rebuild = ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>());

        site.Silo.Journal.FailBeforeNext(FaultyJournal.IsFlush);
        await Assert.ThrowsAsync<IOException>(() => rebuild.RunAsync(progress: null));
        Assert.Single(SqliteFile.Rows(site.Journal, Mark));
        Assert.NotEqual(before.Item2, SqliteFile.Rows(site.Journal, LateIds));

        await rebuild.RunAsync(progress: null);
        Assert.Empty(SqliteFile.Rows(site.Journal, Mark));
        Assert.Equal(before.Item2, SqliteFile.Rows(site.Journal, LateIds));
        Assert.Equal(before.Item1, SqliteFile.Rows(site.Journal, Days));
    }

    [Fact]
    public async Task After_a_rebuild_late_claims_are_still_known()
    {
        await using var site = await Site.OpenAsync();
        var late = Some.Rating("late", at: Some.Morning.AddDays(-3));
        await site.Silo.SubmitAsync(Places.Window, late);
        foreach (var some in Some.Ratings(2048).Chunk(500))
            await site.Silo.SubmitAsync(Places.Window, [.. some]);
        await site.StopAsync();
        var silo = await site.StartAsync();
        await ActivatorUtilities.CreateInstance<Rebuild>(silo.Get<IServiceProvider>()).RunAsync(progress: null);

        Assert.Equal(ClaimStatus.Repeated, (await silo.SubmitAsync(Places.Window, late))[0].Status);
        await silo.AssertCleanAsync();
    }
}
