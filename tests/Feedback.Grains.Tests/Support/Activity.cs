namespace Feedback.Grains.Tests.Support;

/// <summary>Counts the calls that are under way in a silo, so that a test can wait until nothing moves any more.</summary>
internal sealed class Activity
{
    private const int Calm = 5;
    private int _underWay;
    private int _begun;

    /// <summary>Counts a call until the result is disposed.</summary>
    public Call Begin()
    {
        Interlocked.Increment(ref _underWay);
        Interlocked.Increment(ref _begun);
        return new Call(this);
    }

    /// <summary>Waits until for a while nothing has been under way and nothing has begun.</summary>
    public Task QuietAsync() => CalmAsync(heldCalls: false);

    /// <summary>Waits until for a while no call has begun or ended; some may be held.</summary>
    public Task QuietExceptHeldAsync() => CalmAsync(heldCalls: true);

    // What has been decided and not begun yet shows only as work of the thread pool.
    private async Task CalmAsync(bool heldCalls)
    {
        var seen = (-1, -1);
        for (var calm = 0; calm < Calm; calm++)
        {
            var now = (Volatile.Read(ref _begun), Volatile.Read(ref _underWay));
            if (now != seen || (!heldCalls && now.Item2 > 0) || ThreadPool.PendingWorkItemCount > 0)
                calm = 0;
            seen = now;
            await Until.MomentAsync();
        }
    }

    /// <summary>A call under way.</summary>
    public readonly struct Call(Activity activity) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref activity._underWay);
    }
}
