using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using ScottPlot;
using SkiaSharp;

namespace Feedback.Charts.Volumes;

/// <summary>The plot proper: columns of evaluations by origin, and a line across for finished matters.</summary>
internal static class VolumePlot
{
    /// <summary>Draws the columns.</summary>
    public static void Draw(SKCanvas canvas, VolumeChartModel model, SKRect area, ChartPalette palette)
    {
        var most = Math.Max(1, model.Steps.Max(step => Math.Max(step.Evaluations, step.Matters)));
        var marks = CountAxis.Marks(most, PlotDress.Steps(area.Height - PlotDress.TimeAxis(area), 38));
        var left = marks.Max(mark => TextLine.Width(CountAxis.Number(mark), PlotDress.TextSize)) + 12;
        // Columns are placed by their number, so that months of 28 and of 31 days are as wide as each other.
        var width = (area.Width - left) / model.Steps.Length;

        using var plot = PlotDress.New(palette, new PixelPadding(left: left, right: 2, bottom: PlotDress.TimeAxis(area), top: 6));
        plot.Axes.Left.TickGenerator = CountAxis.Ticks(marks);
        plot.Axes.Bottom.TickGenerator = CountAxis.Steps([.. model.Steps.Select(step => step.Day)], area.Width - left, model.Words.Trend);
        plot.NameTimeAxis(model.Axis, area);
        plot.Axes.SetLimits(-0.5, model.Steps.Length - 0.5, 0, marks[^1]);
        plot.Add.Bars(Bars(model, width, palette).ToArray());
        plot.Render(canvas, area);

        foreach (var origin in model.Shown.Where(origin => origin > 0))
            foreach (var bar in Bars(model, width, palette, origin))
            {
                var (low, high) = (plot.GetPixel(new Coordinates(bar.Position - bar.Size / 2, bar.ValueBase)), plot.GetPixel(new Coordinates(bar.Position + bar.Size / 2, bar.Value)));
                Hatch(canvas, new SKRect(low.X, high.Y, high.X, low.Y), origin, palette);
            }
        var half = Math.Min(0.45f * width, 36);
        for (var at = 0; at < model.Steps.Length; at++)
        {
            if (model.Steps[at].Matters is > 0 and var matters && plot.GetPixel(new Coordinates(at, matters)) is var place)
                DrawMatters(canvas, new SKRect(place.X - half, place.Y, place.X + half, place.Y), palette);
        }
    }

    /// <summary>Fills a box with the look of an origin.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, int origin, ChartPalette palette)
    {
        using var paint = new SKPaint { Color = palette.Origins[origin] };
        canvas.DrawRect(box, paint);
        Hatch(canvas, box, origin, palette);
    }

    /// <summary>Draws finished matters: a line across the column, at the middle of a box.</summary>
    public static void DrawMatters(SKCanvas canvas, SKRect box, ChartPalette palette)
    {
        // A rim of the ground's colour, so that the line is seen on a column, too.
        using var rim = new SKPaint { Color = palette.Ground, StrokeWidth = 4, IsStroke = true, IsAntialias = true };
        using var line = new SKPaint { Color = palette.Ink, StrokeWidth = 2, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(box.Left, box.MidY, box.Right, box.MidY, rim);
        canvas.DrawLine(box.Left, box.MidY, box.Right, box.MidY, line);
    }

    private static IEnumerable<Bar> Bars(VolumeChartModel model, float width, ChartPalette palette, int? only = null)
    {
        for (var at = 0; at < model.Steps.Length; at++)
        {
            var below = 0L;
            foreach (var origin in model.Shown)
            {
                var above = below + model.Steps[at][origin];
                if (above > below && (only is null || only == origin))
                {
                    yield return new Bar
                    {
                        Position = at,
                        ValueBase = below,
                        Value = above,
                        Size = Math.Min(0.78, 64 / width),
                        FillColor = PlotDress.Of(palette.Origins[origin]),
                        LineWidth = 0,
                    };
                }
                below = above;
            }
        }
    }

    private static void Hatch(SKCanvas canvas, SKRect box, int origin, ChartPalette palette)
    {
        // Default, callback and declined: one way, both ways, one way again on the faintest ground.
        if (origin > 0)
            Hatching.Draw(canvas, box, both: origin == 2, palette.Ground.WithAlpha(170));
    }
}
