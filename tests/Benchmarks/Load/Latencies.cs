namespace Feedback.Benchmarks.Load;

/// <summary>How often something took how long, in buckets about 3 % wide.</summary>
internal sealed class Latencies
{
    private const int PerOctave = 32;
    private readonly int[] _buckets = new int[40 * PerOctave];

    public void Add(TimeSpan duration)
    {
        var microseconds = Math.Max(1, duration.TotalMicroseconds);
        _buckets[Math.Min(_buckets.Length - 1, (int)(Math.Log2(microseconds) * PerOctave))]++;
    }

    public void Add(Latencies others)
    {
        for (var i = 0; i < _buckets.Length; i++)
            _buckets[i] += others._buckets[i];
    }

    /// <summary>The time that a share of all did not exceed, to the upper end of its bucket.</summary>
    public TimeSpan Quantile(double share)
    {
        var wanted = (long)Math.Ceiling(_buckets.Sum(count => (long)count) * share);
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            if (seen >= wanted && seen > 0)
                return TimeSpan.FromMicroseconds(Math.Pow(2, (i + 1.0) / PerOctave));
        }

        return TimeSpan.Zero;
    }
}
