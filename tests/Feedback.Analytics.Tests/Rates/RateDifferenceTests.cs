using CsCheck;
using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class RateDifferenceTests
{
    // R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
    // methods", Statistics in Medicine 17 (1998) 873–890, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Published_intervals_are_met(long a, long m, long b, long n, double low, double high)
    {
        var difference = RateDifference.Of(new Proportion(a, m), new Proportion(b, n))!.Value;

        Assert.Equal((double)a / m - (double)b / n, difference.Value, 12);
        Assert.Equal(low, difference.Low, 4);
        Assert.Equal(high, difference.High, 4);
    }

    [Fact]
    public void Without_trials_on_either_side_there_is_no_difference()
    {
        Assert.Null(RateDifference.Of(default, new Proportion(1, 2)));
        Assert.Null(RateDifference.Of(new Proportion(1, 2), default));
    }

    [Theory]
    [InlineData(90, 100, 70, 100, RateMovement.Up)]
    [InlineData(70, 100, 90, 100, RateMovement.Down)]
    [InlineData(90, 100, 88, 100, RateMovement.NoClearChange)]
    [InlineData(1, 1, 0, 1, RateMovement.NoClearChange)]
    public void A_rate_moved_only_when_the_interval_leaves_zero_out(long a, long m, long b, long n, RateMovement movement) =>
        Assert.Equal(movement, RateDifference.Of(new Proportion(a, m), new Proportion(b, n))!.Value.Movement);

    [Fact]
    public void The_interval_holds_the_difference_and_mirrors_when_the_periods_change_places() => Counts.Select(Counts).Sample((now, before) =>
    {
        var there = RateDifference.Of(now, before)!.Value;
        var back = RateDifference.Of(before, now)!.Value;

        Assert.InRange(there.Value, there.Low, there.High);
        Assert.InRange(there.Low, -1 - 1e-12, 1);
        Assert.Equal(-there.High, back.Low, 12);
        Assert.Equal(-there.Low, back.High, 12);
    });

    private static readonly Gen<Proportion> Counts =
        from trials in Gen.OneOf(Gen.Long[1, 200], Gen.Long[1, 1_000_000_000])
        from successes in Gen.Long[0, trials]
        select new Proportion(successes, trials);
}
