using Feedback.Charts;
using Feedback.Charts.Trends;
using SkiaSharp;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public class TrendChartTests
{
    [Theory]
    [InlineData(960, 480, 1)]
    [InlineData(320, 280, 1)]
    [InlineData(640, 400, 2)]
    public void A_chart_is_a_PNG_of_the_size_asked_for(int width, int height, int scale)
    {
        var png = ChartPicture.Png(Some.Trend(Some.ManyDays(30, 1)), new ChartSize(width, height, scale), ChartTheme.Light);

        // The signature of ISO/IEC 15948 (PNG), clause 5.2.
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        using var picture = new Picture(png);
        Assert.Equal((width * scale, height * scale), (picture.Width, picture.Height));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes() =>
        Assert.Equal(Png(Some.ManyDays(365, 2)), Png(Some.ManyDays(365, 2)));

    [Fact]
    public void Many_threads_draw_what_one_thread_draws()
    {
        var models = Enumerable.Range(0, 6)
            .Select(seed => Some.Trend(Some.ManyDays(20 + seed, seed), $"窗口 {seed}"))
            .ToList();
        var alone = models.Select(model => ChartPicture.Png(model, ChartSize.Page, ChartTheme.Dark)).ToList();

        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            var model = turn % models.Count;
            Assert.Equal(alone[model], ChartPicture.Png(models[model], ChartSize.Page, ChartTheme.Dark));
        });
    }

    [Theory]
    [InlineData(ChartTheme.Light)]
    [InlineData(ChartTheme.Dark)]
    public void The_ground_of_the_theme_reaches_every_edge(ChartTheme theme)
    {
        using var picture = new Picture(ChartPicture.Png(Some.Trend(Some.ManyDays(30, 1)), ChartSize.Page, theme));
        var ground = ChartPalette.Of(theme).Ground;

        foreach (var (x, y) in ((int, int)[])[(0, 0), (959, 0), (0, 479), (959, 479), (480, 479), (480, 0), (0, 240), (959, 240)])
            Assert.Equal(ground, picture[x, y]);
    }

    [Fact]
    public void A_day_without_ratings_leaves_a_gap()
    {
        using var whole = new Picture(Png(Some.Days(90, 91, 92, 93, 94, 95, 96)));
        using var broken = new Picture(Png(Some.Days(90, 91, 92, null, 94, 95, 96)));
        // The value written beside the last point has the colour of the line: both pictures have its strokes.
        Assert.Equal(1, broken.Stretches() - whole.Stretches());
    }

    [Fact]
    public void A_flat_line_along_one_hundred_per_cent_keeps_its_thickness()
    {
        using var top = new Picture(Png(Some.Days(100, 100, 100, 100)));
        using var middle = new Picture(Png(Some.Days(60, 60, 60, 60)));

        // Between the second and the third of four markers.
        Assert.Equal(middle.LinePixels(476), top.LinePixels(476));
        Assert.True(top.LinePixels(476) >= 2);
    }

    [Fact]
    public void A_flat_line_along_zero_keeps_its_thickness()
    {
        using var bottom = new Picture(Png(Some.Days(0, 0, 0, 0)));

        Assert.True(bottom.LinePixels(476) >= 2);
    }

    [Fact]
    public void A_single_point_is_visible()
    {
        using var one = new Picture(Png(Some.Days(93)));
        using var lone = new Picture(Png(Some.Days(null, 93, null)));

        Assert.True(one.LinePixels() > 30);
        Assert.True(lone.LinePixels() > 30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Without_any_rating_the_chart_says_so_and_draws_no_line(int days)
    {
        using var empty = new Picture(Png(Some.Days(new int?[days])));
        var ground = ChartPalette.Of(ChartTheme.Light).Ground;

        Assert.Equal(0, empty.LinePixels());
        var written = Enumerable.Range(430, 100).Sum(x => Enumerable.Range(230, 50).Count(y => empty[x, y] != ground));
        Assert.True(written > 100, $"{written} pixels in the middle");
    }

    [Fact]
    public void The_language_changes_the_picture() => Assert.NotEqual(
        ChartPicture.Png(Some.Trend([], texts: TrendChartTexts.Chinese), ChartSize.Page, ChartTheme.Light),
        ChartPicture.Png(Some.Trend([], texts: TrendChartTexts.English), ChartSize.Page, ChartTheme.Light));

    [Fact]
    public void Characters_the_font_lacks_break_nothing()
    {
        foreach (var title in (string[])["", "🎉 㙓 堃 \uD800 \u0000 \t\r\n ﷽ 👨‍👩‍👧", "\u202Eآیا"])
            Assert.NotEmpty(ChartPicture.Png(Some.Trend(Some.ManyDays(9, 1), title), ChartSize.Page, ChartTheme.Light));
    }

    [Fact]
    public void A_text_of_any_length_leaves_the_line_visible()
    {
        var endless = string.Concat(Enumerable.Repeat("江源区第一政务服务大厅", 500));
        var texts = TrendChartTexts.Chinese with { RateAxis = endless, IntervalName = endless, DayAxis = "日" };
        var model = new TrendChartModel(endless, endless, endless, Some.ManyDays(30, 1), texts);

        using var picture = new Picture(ChartPicture.Png(model, new ChartSize(320, 280), ChartTheme.Light));

        Assert.True(picture.LinePixels() > 30);
    }

    [Fact]
    public void Points_without_an_interval_are_drawn_without_a_band() =>
        Assert.NotEmpty(Png(Some.ManyDays(30, 1).Select(point => point with { Interval = null })));

    [Fact]
    public void The_most_points_allowed_are_drawn() => Assert.NotEmpty(Png(Some.ManyDays(TrendChartModel.MostPoints, 1)));

    [Fact]
    public void The_default_size_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        ChartPicture.Png(Some.Trend([]), default, ChartTheme.Light));

    [Fact]
    public void An_unknown_theme_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        ChartPicture.Png(Some.Trend([]), ChartSize.Page, (ChartTheme)7));

    [Theory]
    [InlineData(ChartTheme.Light)]
    [InlineData(ChartTheme.Dark)]
    public void Text_and_line_stand_out_from_the_ground(ChartTheme theme)
    {
        var palette = ChartPalette.Of(theme);

        // WCAG 2.2, success criteria 1.4.3 (text, 4.5 : 1) and 1.4.11 (graphics, 3 : 1).
        Assert.True(Contrast(palette.Ink, palette.Ground) >= 4.5);
        Assert.True(Contrast(palette.FaintInk, palette.Ground) >= 4.5);
        Assert.True(Contrast(palette.Line, palette.Ground) >= 4.5);
    }

    private static byte[] Png(IEnumerable<TrendPoint> points) =>
        ChartPicture.Png(Some.Trend(points), ChartSize.Page, ChartTheme.Light);

    // WCAG 2.2: contrast ratio and relative luminance.
    private static double Contrast(SKColor one, SKColor other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(SKColor color) =>
        0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

    private static double Linear(byte channel) =>
        channel / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
}
