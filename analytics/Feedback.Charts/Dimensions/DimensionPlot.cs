using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Trends;
using Feedback.Charts.Words;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Feedback.Charts.Dimensions;

/// <summary>
/// The plot proper: a point and its interval per row. Points and not bars, because the axis need not begin at 0, and the
/// length of a bar would then deceive.
/// </summary>
internal static class DimensionPlot
{
    private const float PointSize = 5;
    private const float IntervalHeight = 10;

    // Room beside the outermost tick, so that a point on it is whole.
    private const float Breath = 8;

    /// <summary>Draws rows into an area; the first one is the overall grade.</summary>
    public static void Draw(SKCanvas canvas, IReadOnlyList<DimensionRow> rows, RateScale scale, ChartWords words, SKRect area, ChartPalette palette)
    {
        var names = rows.Select(row => PrintableText.Of(row.Name)).ToList();
        var figures = rows.Select(row => RowFrame.FigureOf(row.Rate, area)).ToList();
        var size = RowFrame.Of(area, rows.Count, 0, 0).TextSize;
        var heading = PrintableText.Of(words[RowFrame.HasCounts(area) ? "rate-and-count" : "rate"]);
        var frame = RowFrame.Of(
            area, rows.Count,
            names.Max(name => TextLine.Width(name, size, bold: true)),
            Math.Max(figures.Max(figure => TextLine.Width(figure, size, bold: true)), TextLine.Width(heading, 11)));

        using var plot = PlotDress.New(palette, frame.Padding);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.XAxisStyle.MajorLineStyle.Color = PlotDress.Of(palette.Grid);
        plot.Axes.Left.TickGenerator = new NumericManual();
        var ticks = new NumericManual();
        foreach (var percent in scale.Ticks())
            ticks.AddMajor(percent, frame.Axis > 0 ? $"{percent}%" : "");
        plot.Axes.Bottom.TickGenerator = ticks;
        var breath = Breath * (scale.High - scale.Low) / Math.Max(1, frame.Plot.Width - 2 * Breath);
        plot.Axes.SetLimits(scale.Low - breath, scale.High + breath, 0.5 - rows.Count, 0.5);
        plot.Render(canvas, frame.Figure);

        if (frame.Head > 0)
            TextLine.Draw(canvas, heading, area.Right, area.Top + frame.Head / 2, palette.FaintInk, 11, SKTextAlign.Right);
        DrawOverall(canvas, At(rows[0].Rate.Value), frame, palette);
        for (var row = 0; row < rows.Count; row++)
        {
            var (middle, bold) = (frame.Middle(row), row == 0);
            var name = TextLine.Elided(names[row], frame.NameRoom, piece => TextLine.Width(piece, size, bold));
            TextLine.Draw(canvas, name, area.Left, middle, palette.Ink, size, bold: bold);
            TextLine.Draw(canvas, figures[row], area.Right, middle, palette.Ink, size, SKTextAlign.Right, bold);
            if (rows[row].Interval is { } interval && At(rows[row].Rate.Value) is { } x)
            {
                DrawInterval(canvas, At(interval.Low)!.Value, At(interval.High)!.Value, middle, palette);
                DrawPoint(canvas, x, middle, palette);
            }
            else
            {
                TextLine.Draw(canvas, words["no-ratings"], frame.Plot.Left + Breath, middle, palette.FaintInk, size);
            }
        }

        // An interval that runs out of the picture ends at its edge.
        float? At(double? share) => share is { } value
            ? plot.GetPixel(new Coordinates(Math.Clamp(100 * value, scale.Low - breath, scale.High + breath), 0)).X
            : null;
    }

    /// <summary>Draws an interval: a band that ends where it ends.</summary>
    public static void DrawInterval(SKCanvas canvas, float low, float high, float middle, ChartPalette palette)
    {
        using var band = new SKPaint { Color = palette.Band, IsAntialias = true };
        canvas.DrawRect(new SKRect(low, middle - IntervalHeight / 2, high, middle + IntervalHeight / 2), band);
        using var ends = new SKPaint { Color = palette.Line, StrokeWidth = 1.5f, IsStroke = true, IsAntialias = true };
        foreach (var x in (float[])[low, high])
            canvas.DrawLine(x, middle - IntervalHeight / 2, x, middle + IntervalHeight / 2, ends);
    }

    /// <summary>Draws the point of a rate.</summary>
    public static void DrawPoint(SKCanvas canvas, float x, float middle, ChartPalette palette)
    {
        using var paint = new SKPaint { Color = palette.Line, IsAntialias = true };
        canvas.DrawCircle(x, middle, PointSize, paint);
    }

    private static void DrawOverall(SKCanvas canvas, float? x, RowFrame frame, ChartPalette palette)
    {
        if (x is not { } at)
            return;
        using var dashes = SKPathEffect.CreateDash([4, 4], 0);
        using var paint = new SKPaint { Color = palette.FaintInk, StrokeWidth = 1, IsStroke = true, PathEffect = dashes, IsAntialias = true };
        canvas.DrawLine(at, frame.Plot.Top, at, frame.Plot.Bottom, paint);
    }
}
