using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains.Tests.Due;

/// <summary>A site whose silos perform what is due, with a bookkeeper that outlives them.</summary>
internal sealed class DueSite : IAsyncDisposable
{
    private DueSite(Site site, Bookkeeper keeper) => (Site, Keeper) = (site, keeper);

    public Site Site { get; }

    public Bookkeeper Keeper { get; }

    public RunningSilo Silo => Site.Silo;

    public WatchedDue Queue => (WatchedDue)Silo.Get<IDueQueue>();

    /// <summary>The silo's time, milliseconds UTC.</summary>
    public long Now => Silo.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="adds">Adds further services to each silo.</param>
    public static async Task<DueSite> OpenAsync(Action<IServiceCollection>? adds = null)
    {
        var keeper = new Bookkeeper();
        var site = await Site.OpenAsync(services =>
        {
            services.AddDueWork();
            services.AddSingleton(provider => keeper.On(provider.GetRequiredService<IJournal>(), provider.GetRequiredService<TimeProvider>()));
            adds?.Invoke(services);
        });
        var opened = new DueSite(site, keeper);
        // From here on it looks with every second.
        while (opened.Queue.Looks == 0)
            await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(1));
        return opened;
    }

    /// <summary>Whether a unit tells what became of work.</summary>
    public static bool IsSettling(JournalUnit unit) => unit.DueTried.Count > 0;

    /// <summary>Writes commands that are due so long from now.</summary>
    public Task WriteAsync(TimeSpan from, params string[] keys) => WriteAsync(Bookkeeper.Command, from, keys);

    /// <summary>Writes commands that are due so long from now.</summary>
    public Task WriteAsync(string command, TimeSpan from, params string[] keys) =>
        Silo.Journal.WriteAsync(new JournalUnit { Due = [.. keys.Select(key => DueCommand.Row(key, Now + (long)from.TotalMilliseconds, command))] });

    /// <summary>What is due until a time far off.</summary>
    public async Task<IReadOnlyList<DueWork>> WaitingAsync()
    {
        var all = new List<DueWork>();
        for (var shard = 0; shard < DueCommand.Shards; shard++)
            all.AddRange(await Queue.DueAsync(shard, long.MaxValue, 1000));
        return all;
    }

    /// <summary>Lets seconds pass until nothing waits any more.</summary>
    public async Task AllDoneAsync()
    {
        for (var second = 0; (await WaitingAsync()).Count > 0; second++)
        {
            if (second > 60)
                throw new TimeoutException("Work was not done within a minute.");
            await Silo.AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
