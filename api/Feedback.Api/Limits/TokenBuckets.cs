using System.Collections.Concurrent;

namespace Feedback.Api.Limits;

/// <summary>
/// Token buckets by key. Each is one number, the time at which it would be full again (the generic cell rate algorithm,
/// ITU-T I.371): taking a token waits for nobody, allocates nothing, and rates may change from one request to the next. The
/// limiters of the framework have neither an injected clock nor a bound on their number, and none of these is worth a timer.
/// </summary>
/// <param name="clock">Only its timestamps are used: nobody can set them back.</param>
/// <param name="most">The most buckets that are kept. Full ones are forgotten then; if all are in use, newcomers share one.</param>
internal sealed class TokenBuckets<TKey>(TimeProvider clock, int most = 100_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Bucket> _buckets = new();
    private readonly Bucket _shared = new();
    private readonly Lock _sweeping = new();
    private int _count;
    private long _sweptAt = long.MinValue;

    /// <summary>How many buckets are kept.</summary>
    public int Count => _count;

    /// <summary>Takes tokens.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="perSecond">Tokens per second.</param>
    /// <param name="burstSeconds">The bucket holds the tokens of so many seconds, and at least those asked for: a full one gives them.</param>
    /// <param name="tokens">How many.</param>
    /// <returns>Zero when there were so many; else how long it takes until there are, and none was taken.</returns>
    public TimeSpan Take(TKey key, double perSecond, double burstSeconds, double tokens = 1)
    {
        var bucket = _buckets.TryGetValue(key, out var known) ? known : Add(key);
        var now = clock.GetTimestamp();
        var token = TimeOf(tokens, perSecond);
        var depth = Math.Max(token, (long)(clock.TimestampFrequency * burstSeconds));
        while (true)
        {
            var fullAt = Volatile.Read(ref bucket.FullAt);
            var next = Math.Max(fullAt, now) + token;
            if (next - now > depth)
                return clock.GetElapsedTime(now, next - depth);
            if (Interlocked.CompareExchange(ref bucket.FullAt, next, fullAt) == fullAt)
                return TimeSpan.Zero;
        }
    }

    /// <summary>Looks whether there is a token, and takes none.</summary>
    /// <returns>Zero when there is one; else how long it takes until there is.</returns>
    public TimeSpan Ask(TKey key, double perSecond, double burstSeconds)
    {
        // Whoever takes next is given the shared bucket when the table is full: then that one tells.
        var bucket = _buckets.TryGetValue(key, out var known) ? known : _count >= most ? _shared : null;
        if (bucket is null)
            return TimeSpan.Zero;
        var now = clock.GetTimestamp();
        var token = TimeOf(1, perSecond);
        var depth = Math.Max(token, (long)(clock.TimestampFrequency * burstSeconds));
        var next = Math.Max(Volatile.Read(ref bucket.FullAt), now) + token;
        return next - now > depth ? clock.GetElapsedTime(now, next - depth) : TimeSpan.Zero;
    }

    /// <summary>Gives back tokens that were taken and not used. What a newcomer took from the shared bucket comes back by time alone.</summary>
    public void Give(TKey key, double perSecond, double tokens)
    {
        if (_buckets.TryGetValue(key, out var bucket))
            Interlocked.Add(ref bucket.FullAt, -TimeOf(tokens, perSecond));
    }

    // How long a bucket takes to make so many, in timestamps.
    private long TimeOf(double tokens, double perSecond) => Math.Max(1, (long)(clock.TimestampFrequency * tokens / perSecond));

    private Bucket Add(TKey key)
    {
        if (_count >= most && !Sweep())
            return _shared;
        var bucket = new Bucket();
        var kept = _buckets.GetOrAdd(key, bucket);
        if (ReferenceEquals(kept, bucket))
            Interlocked.Increment(ref _count);
        return kept;
    }

    // A full bucket is as good as none. At most once a second: whoever fills the table must not also make us walk through it.
    private bool Sweep()
    {
        lock (_sweeping)
        {
            var now = clock.GetTimestamp();
            if (_count >= most && (_sweptAt == long.MinValue || now - _sweptAt >= clock.TimestampFrequency))
            {
                _sweptAt = now;
                foreach (var (key, bucket) in _buckets)
                {
                    if (Volatile.Read(ref bucket.FullAt) <= now && _buckets.TryRemove(key, out _))
                        Interlocked.Decrement(ref _count);
                }
            }

            return _count < most;
        }
    }

    private sealed class Bucket
    {
        public long FullAt = long.MinValue / 2;
    }
}
