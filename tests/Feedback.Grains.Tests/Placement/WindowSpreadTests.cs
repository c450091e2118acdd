using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Grains.Tests.Placement;

public sealed class WindowSpreadTests
{
    [Fact]
    public async Task Windows_live_where_the_site_is_nearest_and_anywhere_once_that_silo_is_gone()
    {
        await using var cluster = await SpreadCluster.StartAsync(8, "n2", "p-1/p-3", "n1");

        await cluster.SubmitAllAsync("e-1");

        var held = await cluster.HeldAsync();
        Assert.Equal(cluster.Of(SpreadCluster.Hall), held[cluster.Silos[0]]);
        Assert.Equal(cluster.Of(SpreadCluster.OtherHall), held[cluster.Silos[1]]);
        Assert.Empty(held[cluster.Silos[2]]);

        // The district's silo is the next nearest.
        await cluster.StopAsync(cluster.Silos[0]);
        await cluster.SubmitAllAsync("e-2");
        held = await cluster.HeldAsync();
        Assert.Equal(cluster.Of(SpreadCluster.Hall), held[cluster.Silos[1]]);

        // And then any is as good.
        await cluster.StopAsync(cluster.Silos[1]);
        await cluster.SubmitAllAsync("e-3");
        Assert.Equal([.. cluster.Windows], (await cluster.HeldAsync())[cluster.Silos[0]]);
    }

    [Fact]
    public async Task They_come_home_when_their_silo_is_there_and_stay()
    {
        await using var cluster = await SpreadCluster.StartAsync(8, "n3");
        await cluster.SubmitAllAsync("e-1");
        var home = await cluster.AddAsync("n2");

        // The first look sees a cluster that has just changed.
        Assert.Equal(0, await cluster.LookAsync());
        // The windows and their hall's month.
        Assert.Equal(8 + 1, await cluster.LookAsync());

        // Each goes when it has finished what it has begun.
        await Until.HoldsAsync("the windows are home", async () => (await cluster.HeldAsync())[home].SetEquals(cluster.Of(SpreadCluster.Hall)));
        Assert.Equal(0, await cluster.LookAsync());
        await cluster.SubmitAllAsync("e-2");
        Assert.Equal(cluster.Of(SpreadCluster.Hall), (await cluster.HeldAsync())[home]);
    }

    [Fact]
    public async Task A_silo_that_joins_gets_its_share_under_load_and_nothing_is_lost_or_doubled()
    {
        await using var cluster = await SpreadCluster.StartAsync(30, null, null);
        await cluster.SubmitAllAsync("e-0");
        Assert.All((await cluster.HeldAsync()).Values, windows => Assert.InRange(windows.Count, 18, 42));
        var joined = await cluster.AddAsync();
        Assert.Empty((await cluster.HeldAsync())[joined]);

        var (moving, rounds) = (true, 0);
        var load = Task.Run(async () =>
        {
            while (Volatile.Read(ref moving))
                await cluster.SubmitAllAsync($"e-{++rounds}");
        });
        for (var look = 0; look < 4; look++)
            await cluster.LookAsync();
        await Until.HoldsAsync("each silo has its share", async () => (await cluster.HeldAsync()).Values.All(windows => windows.Count is >= 16 and <= 24));

        Volatile.Write(ref moving, false);
        await Until.EndsAsync(load);
        await cluster.SubmitAllAsync("e-last");

        var heads = await cluster.Silos[0].ServiceProvider.GetRequiredService<IJournal>().HeadsAsync([.. cluster.Windows.Select(StreamName.Window)]);
        Assert.All(heads.Values, head => Assert.Equal(rounds + 2, head));
    }

    [Fact]
    public async Task Nothing_moves_while_two_releases_run_side_by_side()
    {
        await using var cluster = await SpreadCluster.StartAsync(8, (string?)null);
        await cluster.SubmitAllAsync("e-1");
        var newer = await cluster.AddAsync("n2", release: "1.1.0");

        Assert.Equal(0, await cluster.LookAsync() + await cluster.LookAsync() + await cluster.LookAsync());

        Assert.Empty((await cluster.HeldAsync())[newer]);
    }
}
