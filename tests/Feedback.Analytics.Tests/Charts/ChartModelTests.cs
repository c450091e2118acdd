using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Charts;
using Feedback.Charts.Files;
using Feedback.Charts.Grades;
using Feedback.Charts.Volumes;
using Feedback.Charts.Words;
using SkiaSharp;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class ChartModelTests
{
    [Theory]
    [InlineData(ChartTheme.Light, 800, 450)]
    [InlineData(ChartTheme.Dark, 800, 450)]
    [InlineData(ChartTheme.Light, 200, 150)]
    [InlineData(ChartTheme.Dark, 3_000, 2_000)]
    public void Every_chart_of_whatever_data_is_a_picture_of_its_size_and_not_blank(ChartTheme theme, int width, int height)
    {
        foreach (var (name, model) in SomeCharts.All(ChartWords.Chinese).Where(chart => width < 3_000 || chart.Name.EndsWith("plain", StringComparison.Ordinal)))
        {
            using var picture = new Picture(ChartPicture.Png(model, new ChartSize(width, height), theme));

            Assert.Equal((width, height), (picture.Width, picture.Height));
            var ground = ChartPalette.Of(theme).Ground;
            var drawn = Enumerable.Range(0, width / 2).Sum(x => Enumerable.Range(0, height / 2).Count(y => picture[2 * x, 2 * y] != ground));
            Assert.True(drawn > 50, $"{name}: {drawn} points");
        }
    }

    [Fact]
    public void Places_come_lowest_rate_first_then_larger_first_and_undefined_last()
    {
        var model = SomeCharts.Grades(
            ChartWords.Chinese, "厅", new GradeRow("none", default), new GradeRow("good", new(5, 0, 0, 0, 0)), new GradeRow("best", new(50, 0, 0, 0, 0)),
            new GradeRow("bad", new(0, 0, 0, 1, 0)), new GradeRow("fair", new(1, 0, 0, 1, 0)));

        Assert.Equal(["bad", "fair", "best", "good", "none"], model.Parts.Select(part => part.Name));
    }

    [Fact]
    public void The_rows_of_a_picture_always_add_up_to_the_whole()
    {
        var rows = Enumerable.Range(1, 200).Select(at => new GradeRow($"{at}", new GradeCounts(at, 1, 0, at % 3, 0)));
        var model = SomeCharts.Grades(ChartWords.Chinese, "厅", rows);
        foreach (var height in (float[])[60, 150, 420, 2_000, 9_000])
        {
            var shown = model.Rows(new SKRect(0, 0, 800, height));

            Assert.Equal(model.Whole.Counts, shown.Skip(1).Aggregate(default(GradeCounts), (sum, row) => sum + row.Counts));
        }
        Assert.Equal(201, model.Rows(new SKRect(0, 0, 800, 9_000)).Count);
    }

    [Fact]
    public void The_hours_shown_are_those_with_evaluations_and_never_fewer_than_eight()
    {
        var office = SomeCharts.Hours(ChartWords.Chinese, "厅", (_, hour) => hour is >= 8 and <= 17 ? new(1, 0, 0, 0, 0) : default);
        var late = SomeCharts.Hours(ChartWords.Chinese, "厅", (day, hour) => (day, hour) == (0, 23) ? new(1, 0, 0, 0, 0) : default);

        Assert.Equal((8, 17), (office.FirstHour, office.LastHour));
        Assert.Equal(23, late.LastHour);
        Assert.True(late.FirstHour <= 16);
    }

    [Fact]
    public void Evaluations_without_an_hour_are_in_the_denominator_and_told_in_the_table()
    {
        var model = SomeCharts.Hours(ChartWords.English, "Hall", (day, hour) => (day, hour) == (0, 9) ? new(3, 0, 0, 1, 0) : default, unknown: 6);

        Assert.Equal("Active evaluations: 10", model.Denominator);
        Assert.Contains("Mon,09:00,3,4,75.0,\r\n", SomeCharts.Csv(model));
        Assert.EndsWith("\r\n,unknown,,6,,\r\n", SomeCharts.Csv(model));
    }

    [Fact]
    public void Volume_names_matters_and_response_rate_only_where_matters_are_known()
    {
        var with = SomeCharts.Volume(ChartWords.English, "Hall", new(30, 60), new VolumeStep(SomeCharts.Month.From, 40, 5, 0, 0, 60));
        var without = SomeCharts.Volume(ChartWords.English, "Hall", default, new VolumeStep(SomeCharts.Month.From, 40, 5, 0, 0, 0));

        Assert.Equal("Active evaluations: 40 · Finished matters: 60 · Response rate 50.0%", with.Denominator);
        Assert.Equal("Active evaluations: 40", without.Denominator);
        Assert.Equal("Day,Active,Default,Called back,Declined,Finished matters\r\n2026-10-27,40,5,0,0,60\r\n", SomeCharts.Csv(with));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta")]
    [InlineData("  =a", "'  =a")]
    [InlineData("＝a", "'＝a")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=\"a\r\nb\"", "\"'=\"\"a\r\nb\"\"\"")]
    [InlineData("大厅", "大厅")]
    [InlineData("", "")]
    public void Cells_are_quoted_by_RFC_4180_and_never_run(string text, string cell)
    {
        var csv = new ChartTable(["名称"], [[text]]).Csv();

        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.Equal($"名称\r\n{cell}\r\n", System.Text.Encoding.UTF8.GetString(csv[3..]));
    }

    // Shewhart's limit of 900 of 1,000 for n = 100: 0.9 − 3·√(0.9·0.1/100) = 0.81.
    [Theory]
    [InlineData(80, 100, true)]
    [InlineData(82, 100, false)]
    [InlineData(0, 9, false)]
    [InlineData(0, 10, true)]
    [InlineData(0, 0, false)]
    public void A_rate_is_low_below_three_sigma_of_the_whole(long good, long all, bool low) =>
        Assert.Equal(low, LowRate.Is(new Proportion(good, all), new Proportion(900, 1_000)));

    [Fact]
    public void All_good_has_no_low_hour() => Assert.False(LowRate.Is(new Proportion(20, 20), new Proportion(500, 500)));

    [Fact]
    public void Every_word_exists_in_both_languages_with_its_glyphs_and_the_same_places_to_fill()
    {
        var texts = new System.Resources.ResourceManager(typeof(ChartWords));
        var (english, chinese) = (Entries(""), Entries("zh"));

        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        foreach (var (name, text) in english)
        {
            Assert.Equal(text.Contains("{0"), chinese[name].Contains("{0"));
            Assert.DoesNotContain("□", Feedback.Charts.Text.PrintableText.Of(text + chinese[name]));
        }

        Dictionary<string, string> Entries(string language) => texts.GetResourceSet(System.Globalization.CultureInfo.GetCultureInfo(language), true, false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    [Theory]
    [InlineData("第一大厅综合窗口", 5, "第一大…口")]
    [InlineData("短", 5, "短")]
    [InlineData("一二三四五六七八九十", 2, "一…")]
    [InlineData("", 5, "")]
    public void A_long_name_loses_its_middle(string name, float width, string shown) =>
        Assert.Equal(shown, Feedback.Charts.Text.TextLine.Elided(name, width, piece => piece.Length));
}
