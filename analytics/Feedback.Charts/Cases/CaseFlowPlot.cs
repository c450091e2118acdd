using Feedback.Analytics.Cases;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using ScottPlot;
using SkiaSharp;

namespace Feedback.Charts.Cases;

/// <summary>The plot proper: two columns per step, opened and closed, and a line for what is open. All share one axis from 0.</summary>
internal static class CaseFlowPlot
{
    // Beyond so many steps points would run into each other.
    private const float LeastStepWithPoint = 12;

    /// <summary>Draws columns and line.</summary>
    public static void Draw(SKCanvas canvas, CaseFlowChartModel model, SKRect area, ChartPalette palette)
    {
        var most = Math.Max(1, model.Steps.Max(step => Math.Max(step.Open, Math.Max(step.Opened, step.Closed))));
        var marks = CountAxis.Marks(most, PlotDress.Steps(area.Height - PlotDress.TimeAxis(area), 38));
        var left = marks.Max(mark => TextLine.Width(CountAxis.Number(mark), PlotDress.TextSize)) + 12;
        var width = (area.Width - left) / model.Steps.Length;

        using var plot = PlotDress.New(palette, new PixelPadding(left: left, right: 2, bottom: PlotDress.TimeAxis(area), top: 8));
        plot.Axes.Left.TickGenerator = CountAxis.Ticks(marks);
        plot.Axes.Bottom.TickGenerator = CountAxis.Steps([.. model.Steps.Select(step => step.Day)], area.Width - left, model.Words.Trend);
        plot.NameTimeAxis(model.Axis, area);
        plot.Axes.SetLimits(-0.5, model.Steps.Length - 0.5, 0, marks[^1]);
        plot.Add.Bars(Bars(model.Steps, width, palette).ToArray());
        plot.Render(canvas, area);

        foreach (var bar in Bars(model.Steps, width, palette, closed: true))
        {
            var (low, high) = (plot.GetPixel(new Coordinates(bar.Position - bar.Size / 2, 0)), plot.GetPixel(new Coordinates(bar.Position + bar.Size / 2, bar.Value)));
            Hatching.Draw(canvas, new SKRect(low.X, high.Y, high.X, low.Y), both: false, palette.Ground.WithAlpha(170));
        }

        var points = model.Steps.Select((step, at) => plot.GetPixel(new Coordinates(at, step.Open))).Select(place => new SKPoint(place.X, place.Y)).ToArray();
        DrawOpen(canvas, points, palette);
        if (width < LeastStepWithPoint && points.Length > 1)
            return;
        using var ink = new SKPaint { Color = palette.Ink, IsAntialias = true };
        foreach (var point in points)
            canvas.DrawCircle(point, 3, ink);
    }

    /// <summary>Fills a box with the look of what was opened, or of what was closed.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, bool closed, ChartPalette palette)
    {
        using var paint = new SKPaint { Color = ColorOf(closed, palette) };
        canvas.DrawRect(box, paint);
        if (closed)
            Hatching.Draw(canvas, box, both: false, palette.Ground.WithAlpha(170));
    }

    /// <summary>Draws the line of what is open, with a rim of the ground's colour so that it is seen on columns, too.</summary>
    public static void DrawOpen(SKCanvas canvas, IReadOnlyList<SKPoint> points, ChartPalette palette)
    {
        using var line = new SKPath();
        line.MoveTo(points[0]);
        foreach (var point in points.Skip(1))
            line.LineTo(point);
        foreach (var (color, thickness) in ((SKColor, float)[])[(palette.Ground, 4), (palette.Ink, 2)])
        {
            using var paint = new SKPaint { Color = color, StrokeWidth = thickness, IsStroke = true, StrokeJoin = SKStrokeJoin.Round, IsAntialias = true };
            canvas.DrawPath(line, paint);
        }
    }

    private static IEnumerable<Bar> Bars(IReadOnlyList<CaseDay> steps, float width, ChartPalette palette, bool? closed = null)
    {
        var thick = Math.Min(0.78, 64 / width) / 2;
        for (var at = 0; at < steps.Count; at++)
        {
            foreach (var (isClosed, count) in ((bool, long)[])[(false, steps[at].Opened), (true, steps[at].Closed)])
            {
                if (count == 0 || (closed is not null && closed != isClosed))
                    continue;
                yield return new Bar
                {
                    Position = at + (isClosed ? thick / 2 : -thick / 2),
                    Value = count,
                    Size = thick,
                    FillColor = PlotDress.Of(ColorOf(isClosed, palette)),
                    LineWidth = 0,
                };
            }
        }
    }

    private static SKColor ColorOf(bool closed, ChartPalette palette) => palette.Origins[closed ? 1 : 0];
}
