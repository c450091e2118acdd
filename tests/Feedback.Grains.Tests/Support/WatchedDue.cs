using Feedback.Grains.Due;

namespace Feedback.Grains.Tests.Support;

/// <summary>Whoever wakes a shard is under way until it has answered, also while there is no activation of it yet.</summary>
internal sealed class WatchedWakes(Activity activity) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType != typeof(IDueGrain))
        {
            await context.Invoke();
            return;
        }

        using var call = activity.Begin();
        await context.Invoke();
    }
}

/// <summary>The real work that waits; every look at it counts as something that moves, and how often it was looked at is known.</summary>
internal sealed class WatchedDue(IDueQueue inner, Activity activity) : IDueQueue
{
    private int _looks;
    private int _readings;

    /// <summary>How often somebody asked which shards have something due.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>How often what is due in a shard was read.</summary>
    public int Readings => Volatile.Read(ref _readings);

    public Task<IReadOnlyList<DueShard>> ShardsAsync(long now, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _looks);
        return AskAsync(() => inner.ShardsAsync(now, cancellation));
    }

    public Task<IReadOnlyList<DueWork>> DueAsync(int shard, long now, int limit, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _readings);
        return AskAsync(() => inner.DueAsync(shard, now, limit, cancellation));
    }

    public Task<long?> NextAsync(int shard, CancellationToken cancellation = default) => AskAsync(() => inner.NextAsync(shard, cancellation));

    public Task<long> CountAsync(int shard, long now, int limit, CancellationToken cancellation = default) => AskAsync(() => inner.CountAsync(shard, now, limit, cancellation));

    public Task DoneAsync(IReadOnlyCollection<DueWork> done) => inner.DoneAsync(done);

    public Task AgainAsync(DueWork work, long at, int tries) => inner.AgainAsync(work, at, tries);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        using var call = activity.Begin();
        return await ask();
    }
}
