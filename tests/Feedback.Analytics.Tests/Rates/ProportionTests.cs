using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class ProportionTests
{
    [Fact]
    public void A_rate_without_ratings_is_undefined() => Assert.Null(new Proportion(0, 0).Value);

    [Fact]
    public void The_default_proportion_is_undefined() => Assert.Null(default(Proportion).Value);

    [Fact]
    public void None_of_some_is_zero_and_all_of_some_is_one()
    {
        Assert.Equal(0, new Proportion(0, 3).Value);
        Assert.Equal(1, new Proportion(3, 3).Value);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, -1)]
    public void Impossible_counts_are_refused(long successes, long trials) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion(successes, trials));

    [Fact]
    public void Adding_pools_the_counts_and_does_not_average_the_shares() =>
        Assert.Equal(1.0 / 11, (new Proportion(1, 1) + new Proportion(0, 10)).Value);

    [Fact]
    public void A_sum_that_no_longer_fits_is_an_error_and_not_a_negative_count() =>
        Assert.Throws<OverflowException>(() => new Proportion(0, long.MaxValue) + new Proportion(0, 1));
}
