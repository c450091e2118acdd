using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>What waits for its release outlives whoever counts it.</summary>
public sealed class ReleaseTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 5)]
    [InlineData(9, 5)]
    public async Task Every_level_tells_whole_chunks_only(int ratings, int released)
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.TeamWindow, [.. Enumerable.Range(0, ratings).Select(i => Some.Rating($"e-{i}", Places.TeamWindow))]);
        await site.Silo.SoonAsync(async () =>
        {
            foreach (var node in new[] { Places.TeamWindow, Places.Team, Places.Hall, Places.Region })
                Assert.Equal(released, await ReleasedAsync(site.Silo, node));
        });
    }

    [Fact]
    public async Task What_waits_is_taken_up_again_from_a_saved_state_that_is_older_than_the_stored_days()
    {
        await using var site = await Site.OpenAsync();
        await SubmitAsync(site.Silo, 1003, "first");
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days and state are saved
        Assert.Single(SqliteFile.Rows(site.Grains, "select * from OrleansStorage"));
        await SubmitAsync(site.Silo, 4, "second");
        await site.Silo.Window(Places.Window).SetExcluded(1, excluded: true, "self-rating");
        await site.Silo.Window(Places.Window).SetExcluded(1006, excluded: true, "self-rating");
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days alone
        await SubmitAsync(site.Silo, 2, "third"); // neither

        var silo = await site.CrashAndRestartAsync();
        Assert.Equal(1005, await ReleasedAsync(silo, Places.Window)); // the last five of them came before the exclusions; three wait
        await SubmitAsync(silo, 2, "fourth");

        await silo.AssertCleanAsync();
        Assert.Equal(1009, await ReleasedAsync(silo, Places.Window)); // five more, and the first one corrected
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Days_of_a_release_that_did_not_know_of_releases_are_counted_again()
    {
        await using var site = await Site.OpenAsync();
        await SubmitAsync(site.Silo, 1007, "first");
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await site.StopAsync();
        SqliteFile.Edit(site.Journal, $$"""
            update days_through set fold = {{TallyFold.Revision - 1}};
            update node_days set fold = {{TallyFold.Revision - 1}}, tally = json_remove(tally, '$.released')
            """);

        var silo = await site.StartAsync();
        await silo.SoonAsync(async () => Assert.Equal(1005, await ReleasedAsync(silo, Places.Region)));
        await SubmitAsync(silo, 3, "second");

        await silo.SoonAsync(async () => Assert.Equal(1010, await ReleasedAsync(silo, Places.Region)));
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await silo.AssertCleanAsync();
    }

    private static async Task SubmitAsync(RunningSilo silo, int count, string prefix)
    {
        foreach (var some in Some.Ratings(count, prefix, silo.Clock.GetUtcNow()).Chunk(400))
            await silo.SubmitAsync(Places.Window, [.. some]);
    }

    private static async Task<int> ReleasedAsync(RunningSilo silo, NodeId node) =>
        (await silo.DaysAsync(node, Some.March)).Sum(day => day.Tally.Of(CellKind.Released).Sum(cell => cell.Value));
}
