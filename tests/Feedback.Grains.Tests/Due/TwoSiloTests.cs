using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Feedback.Grains.Tests.Due;

/// <summary>Two silos that know nothing of each other, as after a cut line, look after the same shards of one database.</summary>
public sealed class TwoSiloTests
{
    [Fact]
    public async Task Two_silos_that_perform_the_same_shard_do_no_harm()
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        var (keeper, clock) = (new Bookkeeper(), new SiloClock(Some.Morning));
        string[] keys = [.. Enumerable.Range(0, 60).Select(i => $"k-{i}")];
        using var one = await StartAsync(connection, keeper, clock, "one");
        using var other = await StartAsync(connection, keeper, clock, "other");
        var (journal, queue) = (one.Services.GetRequiredService<IJournal>(), one.Services.GetRequiredService<IDueQueue>());
        // Each holds the first until the other has come to it, too: both perform it at the same time.
        var both = new TaskCompletionSource();
        keeper.On(keys[0], async times =>
        {
            if (times == 2)
                both.SetResult();
            await both.Task;
            return null;
        });
        await journal.WriteAsync(new JournalUnit { Due = [.. keys.Select(key => DueCommand.Row(key, clock.GetUtcNow().ToUnixTimeMilliseconds(), Bookkeeper.Command))] });

        // A tick, and time for both to come: long enough on any machine, and far from where a handler counts as hanging.
        for (var second = 0; second < 30 && !both.Task.IsCompleted; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (var moment = 0; moment < 500 && !both.Task.IsCompleted; moment++)
                await Until.MomentAsync();
        }

        Assert.True(both.Task.IsCompleted);
        await Until.HoldsAsync("nothing waits any more", async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return (await Task.WhenAll(Enumerable.Range(0, DueCommand.Shards).Select(shard => queue.NextAsync(shard)))).All(next => next is null);
        });

        Assert.InRange(keeper.Keys.Count(key => key == keys[0]), 2, 100);
        foreach (var key in keys)
            Assert.Equal(1, await Bookkeeper.BookedAsync(journal, key));
        await one.StopAsync();
        await other.StopAsync();
    }

    private static async Task<IHost> StartAsync(string connection, Bookkeeper keeper, TimeProvider clock, string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(clock);
        builder.Services.AddPostgresJournal(connection);
        builder.Services.AddFeedbackGrains(BureauSecrets.Generate());
        builder.Services.AddDueWork();
        builder.Services.AddSingleton(provider => keeper.On(provider.GetRequiredService<IJournal>(), clock));
        builder.UseOrleans(silo => silo.UseAlone(cluster));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
