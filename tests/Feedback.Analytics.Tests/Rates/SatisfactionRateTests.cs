using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class SatisfactionRateTests
{
    // Guangdong province, July 2023, published aggregates: grades 5 … 1.
    private static readonly GradeCounts Guangdong = new(13_431_970, 10_421, 18_062, 295, 980);

    [Fact]
    public void The_published_month_has_its_published_share_of_bad_ratings()
    {
        // Published: 13,879,360 evaluations, of which 417,632 came through channels outside the grade split;
        // bad ratings 0.0095 % of the graded ones.
        Assert.Equal(13_879_360 - 417_632, Guangdong.Total);
        Assert.Equal(1_275, Guangdong.Bad);
        Assert.Equal(0.0095, 100 * (1 - SatisfactionRate.Of(Guangdong).Value!.Value), 4);
    }

    [Fact]
    public void Fairly_satisfied_is_good_and_dissatisfied_is_bad() =>
        Assert.Equal(new Proportion(6, 15), SatisfactionRate.Of(new GradeCounts(1, 2, 3, 4, 5)));

    [Fact]
    public void Without_active_ratings_the_rate_is_undefined() =>
        Assert.Null(SatisfactionRate.Of(default).Value);

    [Fact]
    public void Ratings_by_default_change_only_the_rate_that_names_them()
    {
        var active = new GradeCounts(1, 0, 0, 1, 0);
        var byDefault = new GradeCounts(0, 0, 8, 0, 0);

        Assert.Equal(new Proportion(1, 2), SatisfactionRate.Of(active));
        Assert.Equal(new Proportion(9, 10), SatisfactionRate.IncludingDefault(active, byDefault));
    }

    [Fact]
    public void Silence_alone_leaves_the_active_rate_undefined_however_well_it_is_counted()
    {
        var byDefault = new GradeCounts(0, 0, 8, 0, 0);

        Assert.Null(SatisfactionRate.Of(default).Value);
        Assert.Equal(1, SatisfactionRate.IncludingDefault(default, byDefault).Value);
    }

    [Fact]
    public void Dimensions_are_rated_one_by_one_in_the_order_of_their_codes()
    {
        var rates = DimensionRate.Of(new Dictionary<string, GradeCounts>
        {
            ["timeliness"] = new(0, 1, 0, 1, 0),
            ["attitude"] = new(3, 0, 0, 0, 1),
            ["ethics"] = default,
        });

        Assert.Equal(["attitude", "ethics", "timeliness"], rates.Select(rate => rate.Dimension));
        Assert.Equal([0.75, null, 0.5], rates.Select(rate => rate.Rate.Value));
    }
}
