using Feedback.Analytics.Cases;
using Feedback.Analytics.Periods;
using Feedback.Charts;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class CaseChartTests
{
    [Fact]
    public void Categories_come_slowest_first_and_those_without_a_closed_case_last()
    {
        var model = SomeCharts.Closing(
            ChartWords.English, "Bureau", ("open", SomeCharts.Took(-1)), ("quick", SomeCharts.Took(1, 2)), ("slow", SomeCharts.Took(1, 50, -1)), ("at once", SomeCharts.Took(0)));

        Assert.Equal(["slow", "quick", "at once", "open"], model.Categories.Select(row => row.Name));
        Assert.Equal("Closed cases: 5 of 7", model.Denominator);
        Assert.Equal(
            "Category,Cases,Closed cases,Median (hours),90th percentile (hours)\r\nAll,7,5,1,50\r\nslow,3,2,1,50\r\nquick,2,2,1,2\r\nat once,1,1,0,0\r\nopen,1,0,,\r\n",
            SomeCharts.Csv(model));
    }

    // The lowest bar is the 90th percentile of the slowest category; the median of 10 of its 100 hours is a tenth as long.
    [Fact]
    public void Bars_are_as_long_as_the_durations()
    {
        var model = SomeCharts.Closing(ChartWords.English, "Bureau", ("x", SomeCharts.Took(10, 10, 100)));
        using var picture = new Picture(ChartPicture.Png(model, new ChartSize(900, 300), ChartTheme.Light));
        var (median, ninetieth) = (Longest(ChartPalette.Of(ChartTheme.Light).Line), Longest(ChartPalette.Of(ChartTheme.Light).Origins[1]));

        Assert.InRange(ninetieth, 300, 900);
        Assert.InRange(median, 0.1 * ninetieth - 2, 0.1 * ninetieth + 2);

        // The widest row of pixels from the first to the last of a colour, which hatching may break; the legend lies above.
        int Longest(SkiaSharp.SKColor color) => Enumerable.Range(110, picture.Height - 110).Max(y =>
            Enumerable.Range(0, picture.Width).Where(x => picture[x, y] == color).DefaultIfEmpty(-1) is var xs && xs.First() >= 0 ? xs.Last() - xs.First() : 0);
    }

    [Theory]
    [InlineData(0, "0 s", "0 秒")]
    [InlineData(119, "119 s", "119 秒")]
    [InlineData(150, "2.5 min", "2.5 分钟")]
    [InlineData(7_200, "2 h", "2 小时")]
    [InlineData(172_799, "48 h", "48 小时")]
    [InlineData(172_800, "2 d", "2 天")]
    [InlineData(10_702_977, "123.9 d", "123.9 天")]
    public void A_duration_is_told_in_the_largest_unit_of_which_it_has_two(int seconds, string english, string chinese)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.Equal((english, chinese), (DurationText.Of(duration, ChartWords.English), DurationText.Of(duration, ChartWords.Chinese)));
        Assert.Equal("–", DurationText.Of(null, ChartWords.English));
    }

    [Fact]
    public void What_came_and_went_stands_beside_what_is_open()
    {
        var model = SomeCharts.Flow(ChartWords.English, "Bureau", new CaseDay(new(2026, 3, 2), 5, 2, 13), new CaseDay(new(2026, 3, 3), 0, 4, 9));

        Assert.Equal("Cases opened: 5, closed: 6", model.Denominator);
        Assert.Equal("Day,Opened,Closed,Open at the end\r\n2026-03-02,5,2,13\r\n2026-03-03,0,4,9\r\n", SomeCharts.Csv(model));
    }

    [Fact]
    public void Weeks_add_up_what_came_and_went_and_end_with_what_is_open()
    {
        var period = new Period(new(2026, 3, 6), new(2026, 3, 10));
        CaseDay[] days = [.. Enumerable.Range(0, 4).Select(day => new CaseDay(period.From.AddDays(day), 10 + day, day, 100 - day))];

        Assert.Equal([new(new(2026, 3, 6), 33, 3, 98), new(new(2026, 3, 9), 13, 3, 97)], CaseDay.Per(days, period, PeriodUnit.Week));
    }
}
