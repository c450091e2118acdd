using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class IntervalTests
{
    [Theory]
    [InlineData(0.6, 0.5)]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.5, 1.1)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.5, double.NaN)]
    public void Ends_that_are_swapped_or_outside_the_scale_are_refused(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Interval(low, high));

    [Fact]
    public void Both_ends_belong_to_the_interval()
    {
        var interval = new Interval(0.25, 0.5);

        Assert.True(interval.Contains(0.25));
        Assert.True(interval.Contains(0.5));
        Assert.False(interval.Contains(0.51));
        Assert.Equal(0.25, interval.Width);
    }
}
