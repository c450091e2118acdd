using CsCheck;
using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Charts.Trends;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class TrendAxesTests
{
    [Fact]
    public void The_rate_axis_never_leaves_zero_to_one_hundred_and_holds_every_rate() => Points.Sample(points =>
    {
        foreach (var most in (int[])[2, 4, 6])
        {
            var scale = RateScale.Of(points, most);

            Assert.InRange(scale.Low, 0, 100);
            Assert.InRange(scale.High, scale.Low + 5, 100);
            Assert.InRange(scale.Ticks().Count(), 2, most + 1);
            Assert.Equal(scale.High, scale.Ticks().Last());
            Assert.All(points.Where(point => point.Rate.Trials > 0), point =>
                Assert.InRange(100 * point.Rate.Value!.Value, scale.Low - 1e-9, scale.High + 1e-9));
        }
    });

    [Fact]
    public void A_flat_line_at_the_top_is_shown_from_ninety_five_to_one_hundred() =>
        Assert.Equal(new RateScale(95, 100, 1), Scale(Bare(1_000, 1_000)));

    [Fact]
    public void A_flat_line_at_the_bottom_is_shown_from_zero_to_five() =>
        Assert.Equal(new RateScale(0, 5, 1), Scale(Bare(0, 1_000)));

    [Fact]
    public void One_day_with_two_ratings_does_not_flatten_a_month()
    {
        var month = Enumerable.Range(0, 29).Select(day => TrendPoint.Of(Some.Day.AddDays(day), new Proportion(970, 1_000)));
        var thin = TrendPoint.Of(Some.Day.AddDays(29), new Proportion(2, 2));

        Assert.True(RateScale.Of([.. month, thin], 6).Low >= 90);
    }

    [Fact]
    public void Without_a_defined_point_the_axis_is_the_whole_scale() =>
        Assert.Equal((0, 100), (RateScale.Of([], 6).Low, RateScale.Of(Some.Days(null, null), 6).High));

    [Fact]
    public void Undefined_points_cut_the_line_and_are_in_no_stretch() => Assert.Equal(
        [2, 1, 3],
        TrendRun.OfRates(Some.Days(null, 90, 91, null, 92, null, null, 93, 94, 95)).Select(run => run.Count));

    [Fact]
    public void Each_day_is_marked_where_there_is_room() =>
        Assert.Equal(["11月1日", "11月2日", "11月3日"], Labels(3, 1, room: 9));

    [Fact]
    public void A_month_with_little_room_is_marked_on_Mondays() =>
        Assert.Equal(["11月2日", "11月9日", "11月16日", "11月23日", "11月30日"], Labels(30, 1, room: 6));

    [Fact]
    public void A_year_is_marked_on_the_first_of_every_second_month() => Assert.Equal(
        ["2026年11月", "2027年1月", "2027年3月", "2027年5月", "2027年7月", "2027年9月"], Labels(350, 1, room: 8));

    [Fact]
    public void Years_are_marked_in_January() => Assert.Equal(["2027年", "2028年", "2029年"], Labels(1_100, 1, room: 4));

    [Fact]
    public void Points_on_firsts_of_months_are_marked_as_months()
    {
        var marks = DayMarks.Of([new(2026, 11, 1), new(2026, 12, 1)], _ => 9, TrendChartTexts.English);

        Assert.Equal(["Nov 2026", "Dec 2026"], marks.Select(mark => mark.Label));
    }

    [Fact]
    public void A_single_day_is_marked() => Assert.Equal(["11月1日"], Labels(1, 1, room: 1));

    [Fact]
    public void Marks_fit_the_room_lie_within_the_chart_and_rise() => Spans.Sample((first, count, step, room) =>
    {
        var days = Enumerable.Range(0, count).Select(i => first.AddDays(i * step)).ToList();
        var marks = DayMarks.Of(days, _ => room, TrendChartTexts.Chinese).Select(mark => mark.Day).ToList();

        Assert.InRange(marks.Count, 1, room);
        Assert.All(marks, day => Assert.InRange(day, days[0], days[^1]));
        Assert.Equal(marks.Distinct().Order(), marks);
    });

    [Fact]
    public void A_period_is_written_with_its_last_day_and_a_single_day_alone()
    {
        var month = new Period(new(2026, 11, 1), new(2026, 12, 1));
        var day = new Period(new(2026, 11, 1), new(2026, 11, 2));

        Assert.Equal("2026年11月1日 至 2026年11月30日", TrendChartTexts.Chinese.Span(month));
        Assert.Equal("1 Nov 2026 – 30 Nov 2026", TrendChartTexts.English.Span(month));
        Assert.Equal("2026年11月1日", TrendChartTexts.Chinese.Span(day));
    }

    [Theory]
    [InlineData("en", "Active ratings: 12,345")]
    [InlineData("en-GB", "Active ratings: 12,345")]
    [InlineData("zh-CN", "主动评价 12,345 条")]
    [InlineData(null, "主动评价 12,345 条")]
    public void The_denominator_is_named_in_the_language_asked_for(string? language, string text) =>
        Assert.Equal(text, TrendChartTexts.For(language).Denominator(12_345));

    [Fact]
    public void Days_out_of_order_or_double_are_refused()
    {
        var (first, second) = (TrendPoint.Of(Some.Day, default), TrendPoint.Of(Some.Day.AddDays(1), default));

        Assert.Throws<ArgumentException>(() => Some.Trend([second, first]));
        Assert.Throws<ArgumentException>(() => Some.Trend([first, first]));
    }

    [Fact]
    public void A_chart_without_its_denominator_is_refused() => Assert.Throws<ArgumentException>(() =>
        new TrendChartModel("好评率", "", " ", [], TrendChartTexts.Chinese));

    [Fact]
    public void More_points_than_a_chart_takes_are_refused() =>
        Assert.Throws<ArgumentException>(() => Some.Trend(Some.ManyDays(TrendChartModel.MostPoints + 1, 1)));

    private static RateScale Scale(TrendPoint point) => RateScale.Of([point], 6);

    private static TrendPoint Bare(long good, long all) => new(Some.Day, new Proportion(good, all), null);

    private static IEnumerable<string> Labels(int count, int step, int room) => DayMarks
        .Of([.. Enumerable.Range(0, count).Select(i => Some.Day.AddDays(i * step))], _ => room, TrendChartTexts.Chinese)
        .Select(mark => mark.Label);

    private static readonly Gen<TrendPoint[]> Points =
        (from trials in Gen.Long[0, 500]
         from successes in Gen.Long[0, trials]
         select new Proportion(successes, trials)).Array[0, 40]
        .Select(rates => rates.Select((rate, day) => TrendPoint.Of(Some.Day.AddDays(day), rate)).ToArray());

    private static readonly Gen<(DateOnly, int, int, int)> Spans =
        from first in Gen.Int[700_000, 760_000]
        from count in Gen.Int[1, 400]
        from step in Gen.Int[0, 3].Select(kind => new[] { 1, 7, 30, 365 }[kind])
        from room in Gen.Int[1, 20]
        select (DateOnly.FromDayNumber(first), count, step, room);
}
