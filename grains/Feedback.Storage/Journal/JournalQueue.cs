using System.Threading.Channels;
using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal;

/// <summary>The bounded queue between the callers and the writer. Taking from it is the writer's; adding is everybody's.</summary>
/// <param name="limits">The bounds.</param>
/// <param name="clock">Tells how long something waits.</param>
/// <param name="wakeInline">Whether the caller that adds may itself wake the reader: only where waking is all that it does.</param>
internal sealed class JournalQueue(JournalLimits limits, TimeProvider clock, bool wakeInline)
{
    private readonly Channel<PendingUnit> _channel = Channel.CreateUnbounded<PendingUnit>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = wakeInline });

    // By reference: a batch is one transaction of one writer.
    private readonly Dictionary<List<PendingUnit>, long> _underWay = [];
    private int _waiting;
    private volatile bool _open;

    /// <summary>How many units wait for their transaction.</summary>
    public int Length => Math.Clamp(Volatile.Read(ref _waiting), 0, limits.Waiting);

    /// <summary>How many units may wait.</summary>
    public int Most => limits.Waiting;

    /// <summary>How long the oldest unit has been without an answer, whether it waits or is being stored.</summary>
    public TimeSpan Oldest
    {
        get
        {
            var oldest = _channel.Reader.TryPeek(out var waiting) ? waiting.Since : long.MaxValue;
            lock (_underWay)
            {
                foreach (var since in _underWay.Values)
                    oldest = Math.Min(oldest, since);
            }

            return oldest == long.MaxValue ? TimeSpan.Zero : clock.GetElapsedTime(oldest);
        }
    }

    /// <summary>A transaction begins for these.</summary>
    public void Begin(List<PendingUnit> batch)
    {
        lock (_underWay)
            _underWay[batch] = batch[0].Since;
    }

    /// <summary>The outcome of all of these is known.</summary>
    public void Finish(List<PendingUnit> batch)
    {
        lock (_underWay)
            _underWay.Remove(batch);
    }

    /// <summary>Adds a unit.</summary>
    /// <exception cref="JournalBusyException">As many wait as may wait, or the writer has not started or has stopped.</exception>
    public void Add(PendingUnit pending)
    {
        pending.Since = clock.GetTimestamp();
        // Counted apart from the channel, because a writer may take units out and still hold them back.
        if (Interlocked.Increment(ref _waiting) > limits.Waiting || !_open || !_channel.Writer.TryWrite(pending))
        {
            Interlocked.Decrement(ref _waiting);
            throw new JournalBusyException();
        }
    }

    /// <summary>Lets units in: the writer has started. Before, nobody would ever take them out.</summary>
    public void Open() => _open = true;

    /// <summary>Waits until something can be taken; false once the queue has ended and is empty.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>Takes the next unit out; it counts as waiting until <see cref="Leave"/>.</summary>
    public bool TryTake(out PendingUnit pending) => _channel.Reader.TryRead(out pending!);

    /// <summary>So many units no longer wait: they go into a transaction.</summary>
    public void Leave(int units) => Interlocked.Add(ref _waiting, -units);

    /// <summary>Whether another unit still fits into a transaction.</summary>
    public bool Fits(int units, long bytes) => units < limits.UnitsPerCommit && bytes < limits.BytesPerCommit;

    /// <summary>Lets nothing more in.</summary>
    public void End() => _channel.Writer.TryComplete();
}
