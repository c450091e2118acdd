namespace Feedback.Grains.Tests.Support;

/// <summary>Counts the calls that are under way in a silo, so that a test can wait until nothing moves any more.</summary>
internal sealed class Activity
{
    private const int Calm = 8;
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

    // What has been decided and not begun yet waits in the thread pool's queue. Its length tells nothing, because other tests
    // share it; but the queue is served in order, so whatever passes through it after such work finds it begun.
    private async Task CalmAsync(bool heldCalls)
    {
        var seen = (-1, -1);
        var calm = 0;
        await Until.HoldsAsync("nothing moves", async () =>
        {
            await PassThroughPoolAsync();
            var now = (Volatile.Read(ref _begun), Volatile.Read(ref _underWay));
            calm = now == seen && (heldCalls || now.Item2 == 0) ? calm + 1 : 0;
            seen = now;
            return calm >= Calm;
        });
    }

    // Work that was queued by one thread for itself is served last of all, hence once for each of them.
    private static async Task PassThroughPoolAsync()
    {
        for (var thread = 0; thread < Environment.ProcessorCount; thread++)
        {
            var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static passed => passed.SetResult(), passed, preferLocal: false);
            await passed.Task;
        }
    }

    /// <summary>A call under way.</summary>
    public readonly struct Call(Activity activity) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref activity._underWay);
    }
}
