using Feedback.Analytics.Grades;
using Xunit;

namespace Feedback.Analytics.Tests.Grades;

public class MeanScoreTests
{
    [Fact]
    public void One_rating_of_each_grade_scores_the_mean_of_the_points() =>
        Assert.Equal(54, MeanScore.Of(new GradeCounts(1, 1, 1, 1, 1)).Value);

    [Theory]
    [InlineData(1, 0, 0, 0, 0, 100)]
    [InlineData(0, 1, 0, 0, 0, 80)]
    [InlineData(0, 0, 1, 0, 0, 60)]
    [InlineData(0, 0, 0, 1, 0, 30)]
    [InlineData(0, 0, 0, 0, 1, 0)]
    public void Each_grade_has_its_default_points(long five, long four, long three, long two, long one, double points) =>
        Assert.Equal(points, MeanScore.Of(new GradeCounts(five, four, three, two, one)).Value);

    [Fact]
    public void Without_ratings_the_score_is_undefined_and_still_names_its_scale()
    {
        var score = MeanScore.Of(default);

        Assert.Null(score.Value);
        Assert.Equal("100/80/60/30/0", score.Scale.Name);
    }

    [Fact]
    public void A_place_may_score_on_a_scale_of_its_own()
    {
        var outOfTen = new ScoreScale("10/8/6/3/0", 10, 8, 6, 3, 0);

        var score = MeanScore.Of(new GradeCounts(1, 1, 0, 0, 0), outOfTen);

        Assert.Equal(9, score.Value);
        Assert.Equal(2, score.Ratings);
        Assert.Same(outOfTen, score.Scale);
    }

    [Fact]
    public void The_golden_month_scores_what_its_counts_say()
    {
        // Guangdong, July 2023: (13,431,970·100 + 10,421·80 + 18,062·60 + 295·30) / 13,461,728, worked out by hand.
        Assert.Equal(1_345_123_250 / 13_461_728.0, MeanScore.Of(new(13_431_970, 10_421, 18_062, 295, 980)).Value!.Value, 10);
    }

    [Fact]
    public void A_scale_that_rewards_bad_grades_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ScoreScale("upside down", 0, 30, 60, 80, 100));

    [Fact]
    public void A_scale_without_a_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ScoreScale(" ", 100, 80, 60, 30, 0));
}
