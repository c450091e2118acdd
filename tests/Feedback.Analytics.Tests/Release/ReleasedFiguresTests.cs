using Feedback.Analytics.Release;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Xunit;

namespace Feedback.Analytics.Tests.Release;

public sealed class ReleasedFiguresTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public void Released_ratings_are_told_as_a_number_a_rate_and_a_mean()
    {
        var figures = Of(Monday.AddDays(7), null, (0, [1, 0, 0, 1, 3]), (1, [0, 0, 2, 0, 3]));

        Assert.Equal((10, 9, 10), (figures.Ratings, figures.Rate.Successes, figures.Rate.Trials));
        Assert.Equal((0 + (2 * 60) + 80 + (6 * 100)) / 10.0, figures.Mean.Value);
    }

    [Fact]
    public void Exact_counts_are_no_part_of_them()
    {
        var tally = Tally.Of([(Cell.Graded(Origin.Active, Grade.VeryDissatisfied), 9), (Cell.Released(Grade.Satisfied), 5), (Cell.Hour(9, Grade.Dissatisfied), 9)]);
        var figures = ReleasedFigures.Of([(Monday, tally)], Monday, Monday.AddDays(1), null);

        Assert.Equal((5, 1.0), (figures.Ratings, figures.Rate.Value));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(9, 10)]
    public void What_was_complete_on_the_day_from_which_on_nothing_is_shown_is_not_shown(int before, int ratings) =>
        Assert.Equal(ratings, Of(Monday.AddDays(7), Monday.AddDays(before), (0, [0, 0, 0, 0, 5]), (1, [0, 0, 0, 0, 5])).Ratings);

    [Fact]
    public void Only_days_of_the_period_count_from_the_first_up_to_the_last() =>
        Assert.Equal(10, Of(Monday.AddDays(2), null, (-1, [0, 0, 0, 0, 50]), (0, [0, 0, 0, 0, 5]), (1, [0, 0, 0, 0, 5]), (2, [0, 0, 0, 0, 50])).Ratings);

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0 })]
    [InlineData(new[] { 0, 0, 0, -1, 5 })]
    [InlineData(new[] { -1, 0, 0, 0, 9 })]
    [InlineData(new[] { -900, 0, 0, 0, 5 })]
    public void A_period_in_which_corrections_outweigh_tells_nothing(int[] grades)
    {
        var figures = Of(Monday.AddDays(1), null, (0, grades));

        Assert.Equal((0, null, null), (figures.Ratings, figures.Rate.Value, figures.Mean.Value));
    }

    [Fact]
    public void A_longer_period_holds_what_was_corrected_and_its_correction() =>
        Assert.Equal((9, 1.0), Of(Monday.AddDays(2), null, (0, [1, 0, 0, 4, 0]), (1, [-1, 0, 0, 0, 5])) is var figures ? (figures.Ratings, figures.Rate.Value) : default);

    private static ReleasedFigures Of(DateOnly to, DateOnly? shownBefore, params (int Day, int[] Grades)[] days) => ReleasedFigures.Of(
        days.Select(day => (Monday.AddDays(day.Day), Tally.Of([.. day.Grades.Select((count, grade) => (Cell.Released((Grade)(grade + 1)), count))]))), Monday, to, shownBefore);
}
