using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class ResponseRateTests
{
    [Fact]
    public void Rated_matters_are_held_against_finished_ones() =>
        Assert.Equal(0.25, ResponseRate.Of(5, 20).Value);

    [Fact]
    public void Without_finished_matters_the_rate_is_undefined() => Assert.Null(ResponseRate.Of(0, 0).Value);

    [Fact]
    public void Where_matters_are_unknown_the_rate_is_undefined() => Assert.Null(ResponseRate.Of(7, null).Value);

    [Fact]
    public void Evaluations_per_matter_are_refused_as_a_response_rate()
    {
        // Guangdong, July 2023: 13,879,360 evaluations of 11,238,000 matters, published side by side: 1.235 each.
        Assert.Equal(1.235, 13_879_360 / 11_238_000.0, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => ResponseRate.Of(13_879_360, 11_238_000));
    }

    [Fact]
    public void Ratings_without_a_matter_are_a_share_of_all_ratings()
    {
        Assert.Equal(0.1, UnattachedShare.Of(3, 30).Value);
        Assert.Null(UnattachedShare.Of(0, 0).Value);
    }
}
