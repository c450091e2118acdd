using CsCheck;
using Feedback.Analytics.Cases;
using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Analytics.Tests.Cases;

public class CaseTimeTests
{
    private const long Hour = 60 * 60_000;

    // Hyndman and Fan's definition 1 of the ten values 1 … 10: the median is the fifth, not the mean of the fifth and sixth.
    [Theory]
    [InlineData(10, 50, 5)]
    [InlineData(10, 90, 9)]
    [InlineData(10, 91, 10)]
    [InlineData(11, 50, 6)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 90, 1)]
    [InlineData(30, 90, 27)]
    [InlineData(100, 7, 7)]
    [InlineData(3, 100, 3)]
    public void A_quantile_is_the_value_at_the_nearest_rank(int count, int percent, int value) =>
        Assert.Equal(value, NearestRank.Of([.. Enumerable.Range(1, count)], percent));

    [Fact]
    public void A_quantile_of_nothing_is_undefined() => Assert.Null(NearestRank.Of(Array.Empty<long>(), 50));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_percentage_beyond_the_values_is_refused(int percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NearestRank.Of([1], percent));

    [Fact]
    public void A_quantile_is_the_least_value_that_so_many_do_not_exceed() =>
        Gen.Select(Gen.Int[0, 50].Array[1, 60], Gen.Int[1, 100]).Sample((values, percent) =>
        {
            var quantile = NearestRank.Of([.. values.Order()], percent)!.Value;
            Assert.True(100L * values.Count(value => value <= quantile) >= (long)percent * values.Length);
            Assert.True(100L * values.Count(value => value < quantile) < (long)percent * values.Length);
        });

    [Fact]
    public void Closing_times_stand_by_category_with_open_cases_counted_and_in_no_quantile()
    {
        var times = ClosingTime.ByCategory([new("a", 0, Hour), new("a", 0, 3 * Hour), new("a", 0, null), new("c", 0, null), new("b", Hour, Hour)]);

        Assert.Equal(
            [new("a", 3, 2, TimeSpan.FromHours(1), TimeSpan.FromHours(3)), new("b", 1, 1, TimeSpan.Zero, TimeSpan.Zero), new("c", 1, 0, null, null)],
            times);
        Assert.Equal(new ClosingTime(null, 0, 0, null, null), ClosingTime.OfAll([]));
    }

    [Fact]
    public void On_time_is_exactly_at_the_limit_and_open_cases_count_once_they_are_over_it()
    {
        var limit = TimeSpan.FromHours(2);
        CaseSpan[] cases = [new("a", 0, 2 * Hour), new("a", 0, 2 * Hour + 1), new("a", 0, null), new("a", 8 * Hour, null), new("a", 20 * Hour, 20 * Hour)];

        Assert.Equal(new Proportion(1, 3), OnTimeShare.Of(cases, limit, 10 * Hour));
        // An hour after the opening nothing is completed or overdue; what was closed later is not known yet.
        Assert.Null(OnTimeShare.Of(cases, limit, Hour).Value);
        Assert.Equal(new Proportion(0, 0), OnTimeShare.Of(cases, _ => null, 10 * Hour));
    }

    [Fact]
    public void Days_are_local_days_and_what_is_open_is_counted_from_the_beginning()
    {
        var zone = HallZone.Get("Asia/Shanghai");
        var period = new Period(new(2026, 3, 2), new(2026, 3, 5));
        var monday = zone.StartOf(period.From);
        CaseSpan[] cases =
        [
            new("a", monday - 1, monday + 30 * Hour), new("a", monday - Hour, null), new("a", monday - Hour, monday - 1),
            new("a", monday, monday + 1), new("a", monday + 23 * Hour, null), new("a", monday + 200 * Hour, null),
        ];

        Assert.Equal(
            [new(new(2026, 3, 2), 2, 1, 3), new(new(2026, 3, 3), 0, 1, 2), new(new(2026, 3, 4), 0, 0, 2)],
            CaseDay.Of(cases, period, zone));
    }

    [Fact]
    public void Ages_fall_into_bands_without_gap_or_overlap()
    {
        const long Day = 24 * Hour;
        var ages = CaseAges.Of(
            [new("a", 10 * Day, null), new("a", 9 * Day, null), new("a", 3 * Day, null), new("a", 2 * Day, 10 * Day), new("a", 0, 11 * Day), new("a", 11 * Day, null)],
            10 * Day, [TimeSpan.FromDays(1), TimeSpan.FromDays(7)]);

        Assert.Equal([1L, 1, 2], ages.Bands.Select(band => band.Cases));
        Assert.Equal((4, TimeSpan.FromDays(1), TimeSpan.FromDays(10)), (ages.Open, ages.Median!.Value, ages.Oldest!.Value));
        var none = CaseAges.Of([], 0, CaseAges.UsualBounds);
        Assert.Equal((0, null, null, 6), (none.Open, none.Median, none.Oldest, none.Bands.Length));
        Assert.Throws<ArgumentException>(() => CaseAges.Of([], 0, [TimeSpan.FromDays(1), TimeSpan.FromDays(1)]));
    }
}
