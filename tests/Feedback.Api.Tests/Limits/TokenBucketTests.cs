using System.Net;
using Feedback.Api.Limits;
using Xunit;

namespace Feedback.Api.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly StillClock _clock = new();

    [Fact]
    public void A_bucket_gives_its_burst_at_once_and_then_its_rate()
    {
        var buckets = new TokenBuckets<string>(_clock);

        Assert.Equal(100, Taken(buckets, "a", 150, perSecond: 20));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, Taken(buckets, "a", 150, perSecond: 20));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(100, Taken(buckets, "a", 150, perSecond: 20));
    }

    [Fact]
    public void Whoever_must_wait_is_told_how_long_and_loses_nothing_by_asking()
    {
        var buckets = new TokenBuckets<string>(_clock);
        Taken(buckets, "a", 10, perSecond: 2);

        Assert.Equal(TimeSpan.FromMilliseconds(500), buckets.Take("a", 2, 5));
        Assert.Equal(TimeSpan.FromMilliseconds(500), buckets.Take("a", 2, 5));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(TimeSpan.Zero, buckets.Take("a", 2, 5));
    }

    [Fact]
    public void Many_are_taken_at_once_or_none_and_what_is_given_back_may_be_taken_again()
    {
        Assert.Equal(TimeSpan.Zero, _buckets.Take("a", 2, 5, 7));
        Assert.Equal(TimeSpan.FromMilliseconds(500), _buckets.Take("a", 2, 5, 4));
        Assert.Equal(TimeSpan.Zero, _buckets.Take("a", 2, 5, 3));

        _buckets.Give("a", 2, 6);
        Assert.Equal(6, Taken(_buckets, "a", 20, perSecond: 2));
    }

    [Fact]
    public void A_full_bucket_gives_more_than_it_holds_once()
    {
        Assert.Equal(TimeSpan.Zero, _buckets.Take("a", 2, 5, 40));
        Assert.Equal(TimeSpan.FromSeconds(15.5), _buckets.Take("a", 2, 5, 1));
    }

    [Fact]
    public void Nobody_pays_for_another() =>
        Assert.Equal([10, 10], new[] { "a", "b" }.Select(key => Taken(_buckets, key, 50, perSecond: 2)));

    [Fact]
    public void A_rate_below_one_in_the_burst_still_gives_one() => Assert.Equal(1, Taken(_buckets, "a", 5, perSecond: 0.01));

    [Fact]
    public void Many_at_the_same_time_get_the_burst_and_not_one_more()
    {
        var taken = 0;
        Parallel.For(0, 5_000, _ =>
        {
            if (_buckets.Take("a", 100, 10) == TimeSpan.Zero)
                Interlocked.Increment(ref taken);
        });

        Assert.Equal(1_000, taken);
    }

    [Fact]
    public void Full_buckets_are_forgotten_and_their_number_stays_bounded()
    {
        var buckets = new TokenBuckets<int>(_clock, most: 1_000);
        for (var key = 0; key < 10_000; key++)
            buckets.Take(key, 1, 5);
        Assert.Equal(1_000, buckets.Count);

        // All are in use: newcomers share what is left of one, and those before them keep their own.
        Assert.NotEqual(TimeSpan.Zero, buckets.Take(20_000, 1, 5));
        Assert.Equal(TimeSpan.Zero, buckets.Take(7, 1, 5));

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, buckets.Take(30_000, 1, 5));
        Assert.Equal(1, buckets.Count);
    }

    [Theory]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void An_address_counts_as_what_one_customer_has(string one, string other, bool same) =>
        Assert.Equal(same, AddressPart.Of(IPAddress.Parse(one)) == AddressPart.Of(IPAddress.Parse(other)));

    private readonly TokenBuckets<string> _buckets;

    public TokenBucketTests() => _buckets = new TokenBuckets<string>(_clock);

    private static int Taken<TKey>(TokenBuckets<TKey> buckets, TKey key, int tries, double perSecond)
        where TKey : notnull => Enumerable.Range(0, tries).Count(_ => buckets.Take(key, perSecond, 5) == TimeSpan.Zero);
}
