using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Cases;

namespace Feedback.Analytics.Cases;

/// <summary>Where a quantile lies: at least <paramref name="From"/>, below <paramref name="Below"/>; whole minutes of natural time.</summary>
/// <param name="From">The least minutes.</param>
/// <param name="Below">The minutes that it does not reach.</param>
public readonly record struct DurationBand(long From, long Below);

/// <summary>
/// How long something took for cases, read from buckets of minutes (<see cref="CaseCodes.BucketOf"/>). Up to 16 minutes a bucket is one
/// minute; above it is less than an eighth of its least minutes wide, and a quantile is told as the bucket in which it lies. Only what is done is
/// counted: where many still wait, the quantiles are too small.
/// </summary>
public sealed class CaseDurations
{
    private readonly ImmutableSortedDictionary<int, long> _buckets;

    private CaseDurations(ImmutableSortedDictionary<int, long> buckets) => (_buckets, Cases) = (buckets, buckets.Values.Sum());

    /// <summary>How many cases are counted.</summary>
    public long Cases { get; }

    /// <summary>The durations under a code.</summary>
    /// <param name="counts">What is counted over the days and nodes asked for.</param>
    /// <param name="code"><see cref="CaseCodes.FirstResponseDurations"/> or <see cref="CaseCodes.ClosingDurations"/>.</param>
    /// <param name="kind">One kind only; null for all.</param>
    public static CaseDurations Of(CaseCounts counts, string code, CaseKind? kind = null)
    {
        var buckets = ImmutableSortedDictionary.CreateBuilder<int, long>();
        foreach (var (key, count) in counts.All)
        {
            // code/bucket/kind
            if (key.Split('/') is [var of, var bucket, var word] && of == code && (kind is null || word == kind.Value.Word()))
            {
                var number = int.Parse(bucket, NumberStyles.None, CultureInfo.InvariantCulture);
                buckets[number] = buckets.GetValueOrDefault(number) + count;
            }
        }

        return new CaseDurations(buckets.ToImmutable());
    }

    /// <summary>
    /// The bucket of a quantile: that of the value at rank ⌈p·n/100⌉ in ascending order, as <see cref="NearestRank"/> takes it; null
    /// (undefined) where nothing is counted.
    /// </summary>
    /// <param name="percent">1 to 100; 50 is the median.</param>
    public DurationBand? Quantile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var (rank, before) = ((percent * Cases + 99) / 100, 0L);
        foreach (var (bucket, count) in _buckets)
        {
            before += count;
            if (count > 0 && before >= rank)
                return new DurationBand(CaseCodes.LeastOf(bucket), CaseCodes.LeastOf(bucket + 1));
        }

        return null;
    }
}
