using Feedback.Charts.Fonts;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Feedback.Charts.Trends;

/// <summary>The plot proper: grid, band, line and the latest value.</summary>
internal static class TrendPlot
{
    // Room above the highest and below the lowest grid line, so that a line along 100 % keeps its full thickness.
    private const float Breath = 8;

    // Up to two months of days, each point is marked; beyond that, only those no line reaches.
    private const int MostMarked = 62;

    /// <summary>Draws the plot into an area of the canvas. At least one point must be defined.</summary>
    public static void Draw(SKCanvas canvas, TrendChartModel model, RateScale scale, SKRect area, ChartPalette palette)
    {
        var runs = TrendRun.OfRates(model.Points).ToList();
        using var latest = TextBlock.Fit(RateText.Of(runs[^1][^1].Rate), BundledFont.Bold, 13, 80, 20);
        var padding = new PixelPadding(left: 44, right: latest.Width + 14, bottom: PlotDress.TimeAxis(area), top: 2);

        using var plot = PlotDress.New(palette, padding);
        SetRateAxis(plot, scale, area.Height - padding.Top - padding.Bottom);
        SetDayAxis(plot, model, area.Width - padding.Left - padding.Right);
        plot.NameTimeAxis(model.Texts.DayAxis, area);
        var marked = model.Points.Length <= MostMarked;
        foreach (var run in TrendRun.OfIntervals(model.Points))
            AddInterval(plot, run, scale, marked, palette);
        foreach (var run in runs)
            AddLine(plot, run, marked, palette);

        plot.Render(canvas, area);
        DrawLatest(canvas, plot, runs[^1][^1], latest, palette);
    }

    private static void SetRateAxis(Plot plot, RateScale scale, float height)
    {
        var ticks = new NumericManual();
        foreach (var percent in scale.Ticks())
            ticks.AddMajor(percent, $"{percent}%");
        plot.Axes.Left.TickGenerator = ticks;

        var breath = Breath * (scale.High - scale.Low) / Math.Max(1, height - 2 * Breath);
        plot.Axes.SetLimitsY(scale.Low - breath, scale.High + breath);
    }

    private static void SetDayAxis(Plot plot, TrendChartModel model, float width)
    {
        var days = model.Points.Select(point => point.Day).ToList();
        var (first, last) = (days[0].DayNumber, days[^1].DayNumber);

        var ticks = new NumericManual();
        foreach (var (day, label) in DayMarks.Of(days, format => (int)(width / (LabelWidth(days[^1], format) + 18)), model.Texts))
            ticks.AddMajor(day.DayNumber, PrintableText.Of(label));
        plot.Axes.Bottom.TickGenerator = ticks;

        var breath = Math.Max(0.5, 0.015 * (last - first));
        plot.Axes.SetLimitsX(first - breath, last + breath);
    }

    private static float LabelWidth(DateOnly day, string format)
    {
        using var label = TextBlock.Fit(DayMarks.Label(day, format), BundledFont.Regular, PlotDress.TextSize, 200, 20);
        return label.Width;
    }

    private static void AddInterval(Plot plot, IReadOnlyList<TrendPoint> run, RateScale scale, bool marked, ChartPalette palette)
    {
        var ends = run.Select(point => (
            X: (double)point.Day.DayNumber,
            Top: Math.Min(scale.High, 100 * point.Interval!.Value.High),
            Bottom: Math.Max(scale.Low, 100 * point.Interval!.Value.Low))).ToList();
        // A band around one point has no width: a bar is drawn in its place.
        if (ends.Count == 1)
        {
            var bar = plot.Add.Line(ends[0].X, ends[0].Bottom, ends[0].X, ends[0].Top);
            bar.LineColor = PlotDress.Of(palette.Band);
            bar.LineWidth = marked ? 8 : 3;
            return;
        }

        var band = plot.Add.FillY(ends);
        band.FillColor = PlotDress.Of(palette.Band);
        band.LineWidth = 0;
        band.MarkerStyle.IsVisible = false;
    }

    private static void AddLine(Plot plot, IReadOnlyList<TrendPoint> run, bool marked, ChartPalette palette)
    {
        var line = plot.Add.Scatter(
            run.Select(point => new Coordinates(point.Day.DayNumber, 100 * point.Rate.Value!.Value)).ToArray(),
            PlotDress.Of(palette.Line));
        line.LineWidth = marked ? 2 : 1.5f;
        line.MarkerSize = marked ? (run.Count == 1 ? 7 : 5) : (run.Count == 1 ? 4 : 0);
    }

    private static void DrawLatest(SKCanvas canvas, Plot plot, TrendPoint point, TextBlock text, ChartPalette palette)
    {
        var at = plot.GetPixel(new Coordinates(point.Day.DayNumber, 100 * point.Rate.Value!.Value));
        text.Draw(canvas, at.X + 8, at.Y - text.Height / 2, palette.Line);
    }
}
