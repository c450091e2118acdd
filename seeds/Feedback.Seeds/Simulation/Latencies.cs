namespace Feedback.Seeds.Simulation;

/// <summary>How long requests took to be answered.</summary>
/// <param name="Answered">How many were.</param>
/// <param name="P50">The median in milliseconds, at most 2 % too high; null while nothing was answered.</param>
/// <param name="P90">So long took nine of ten at most.</param>
/// <param name="P99">So long took 99 of 100 at most.</param>
/// <param name="Max">The longest, exact.</param>
public sealed record LatencySummary(long Answered, double? P50, double? P90, double? P99, double? Max)
{
    /// <summary>Nothing was answered yet.</summary>
    public static readonly LatencySummary None = new(0, null, null, null, null);
}

/// <summary>
/// Counts durations in buckets of which each ends 2 % later than the one before: quantiles of any number of requests in
/// a few kilobytes. Safe for many threads.
/// </summary>
internal sealed class Latencies
{
    // From 0.05 ms to about 100 s: 0.05 × 1.02^732.
    private const int Buckets = 733;
    private const double Least = 0.05;
    private const double Growth = 1.02;

    private readonly long[] _counts = new long[Buckets];
    private long _longest;

    public void Add(TimeSpan duration)
    {
        var bucket = (int)Math.Ceiling(Math.Log(Math.Max(duration.TotalMilliseconds, Least) / Least, Growth));
        Interlocked.Increment(ref _counts[Math.Min(bucket, Buckets - 1)]);
        var known = Interlocked.Read(ref _longest);
        while (duration.Ticks > known && Interlocked.CompareExchange(ref _longest, duration.Ticks, known) is var found && found != known)
            known = found;
    }

    public LatencySummary Summary
    {
        get
        {
            var counts = Array.ConvertAll(_counts, count => count);
            var (all, longest) = (counts.Sum(), TimeSpan.FromTicks(Interlocked.Read(ref _longest)).TotalMilliseconds);
            return all == 0 ? LatencySummary.None : new LatencySummary(all, Of(0.50), Of(0.90), Of(0.99), longest);

            // The end of the bucket that holds the ⌈q·n⌉-th shortest, and never more than the longest.
            double Of(double quantile)
            {
                var (rank, bucket) = ((long)Math.Ceiling(quantile * all), 0);
                for (var below = counts[0]; below < rank; below += counts[bucket])
                    bucket++;
                return Math.Min(Least * Math.Pow(Growth, bucket), longest);
            }
        }
    }
}
