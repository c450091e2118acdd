using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Feedback.Charts.Cases;

/// <summary>The plot proper: two bars from 0 per row, the median above the 90th percentile, and both in words behind.</summary>
internal static class ClosingTimePlot
{
    private const float Inset = 6;

    // Two durations are long enough already: below this width the count would leave the bars no room.
    private const float LeastWidthWithCounts = 480;

    // A bar of no length would look like a missing one.
    private const float LeastLength = 2;

    /// <summary>Draws rows into an area; the first one is all categories together.</summary>
    public static void Draw(SKCanvas canvas, IReadOnlyList<ClosingTimeRow> rows, ChartWords words, SKRect area, ChartPalette palette)
    {
        var names = rows.Select(row => PrintableText.Of(row.Name)).ToList();
        var figures = rows.Select(row => FigureOf(row, words, area)).ToList();
        var size = RowFrame.Of(area, rows.Count, 0, 0).TextSize;
        var heading = PrintableText.Of(words[HasCounts(area) ? "median-ninetieth-count" : "median-ninetieth"]);
        var frame = RowFrame.Of(
            area, rows.Count,
            names.Max(name => TextLine.Width(name, size, bold: true)),
            Math.Max(figures.Max(figure => TextLine.Width(figure, size, bold: true)), TextLine.Width(heading, 11)));

        var longest = rows.Max(row => row.Time.Ninetieth) ?? TimeSpan.Zero;
        var unit = DurationUnit.Of(longest);
        var marks = CountAxis.Marks((long)Math.Ceiling(longest / unit.Length), PlotDress.Steps(frame.Plot.Width, 70));
        var most = Math.Max(1, marks[^1]);
        using var plot = PlotDress.New(palette, frame.Padding);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Grid.XAxisStyle.IsVisible = true;
        plot.Grid.XAxisStyle.MajorLineStyle.Color = PlotDress.Of(palette.Grid);
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Axes.Bottom.TickGenerator = Ticks(marks, unit, frame, words);
        plot.Axes.SetLimits(0, most, 0.5 - rows.Count, 0.5);
        plot.Add.Bars(Bars(rows, frame, unit, palette));
        plot.Render(canvas, frame.Figure);

        if (frame.Head > 0)
            TextLine.Draw(canvas, heading, area.Right, area.Top + frame.Head / 2, palette.FaintInk, 11, SKTextAlign.Right);
        for (var row = 0; row < rows.Count; row++)
        {
            var (middle, bold) = (frame.Middle(row), row == 0);
            var name = TextLine.Elided(names[row], frame.NameRoom, piece => TextLine.Width(piece, size, bold));
            TextLine.Draw(canvas, name, area.Left, middle, palette.Ink, size, bold: bold);
            TextLine.Draw(canvas, figures[row], area.Right, middle, palette.Ink, size, SKTextAlign.Right, bold);
            if (rows[row].Time is not { Median: { } median, Ninetieth: { } ninetieth })
            {
                TextLine.Draw(canvas, words["no-closed"], frame.Plot.Left + Inset, middle, palette.FaintInk, size);
                continue;
            }

            var half = (float)(frame.Thickness * frame.Pitch / 2);
            Hatching.Draw(canvas, new SKRect(frame.Plot.Left, middle, X(ninetieth), middle + half), both: false, palette.Ground.WithAlpha(170));
            foreach (var (at, color, from, to) in ((float, SKColor, float, float)[])[(X(median), palette.Line, middle - half, middle), (X(ninetieth), palette.Origins[1], middle, middle + half)])
            {
                using var paint = new SKPaint { Color = color };
                if (at - frame.Plot.Left < LeastLength)
                    canvas.DrawRect(new SKRect(frame.Plot.Left, from, frame.Plot.Left + LeastLength, to), paint);
            }
        }

        float X(TimeSpan duration) => frame.Plot.Left + ((float)(duration / unit.Length / most) * frame.Plot.Width);
    }

    /// <summary>Fills a box with the look of a quantile.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, bool ninetieth, ChartPalette palette)
    {
        using var paint = new SKPaint { Color = ninetieth ? palette.Origins[1] : palette.Line };
        canvas.DrawRect(box, paint);
        if (ninetieth)
            Hatching.Draw(canvas, box, both: false, palette.Ground.WithAlpha(170));
    }

    private static bool HasCounts(SKRect area) => area.Width >= LeastWidthWithCounts;

    private static string FigureOf(ClosingTimeRow row, ChartWords words, SKRect area)
    {
        if (row.Time.Closed == 0)
            return PrintableText.Of(HasCounts(area) ? "– · 0" : "–");
        var figure = $"{DurationText.Of(row.Time.Median, words)} · {DurationText.Of(row.Time.Ninetieth, words)}";
        return PrintableText.Of(HasCounts(area) ? $"{figure} · {CountAxis.Number(row.Time.Closed)}" : figure);
    }

    private static List<Bar> Bars(IReadOnlyList<ClosingTimeRow> rows, RowFrame frame, DurationUnit unit, ChartPalette palette)
    {
        var bars = new List<Bar>();
        for (var row = 0; row < rows.Count; row++)
        {
            var quarter = frame.Thickness / 4;
            foreach (var (duration, position, color) in ((TimeSpan?, double, SKColor)[])[(rows[row].Time.Median, quarter, palette.Line), (rows[row].Time.Ninetieth, -quarter, palette.Origins[1])])
            {
                if (duration is not { } value)
                    continue;
                bars.Add(new Bar
                {
                    Position = position - row,
                    Value = value / unit.Length,
                    Size = frame.Thickness / 2,
                    Orientation = Orientation.Horizontal,
                    FillColor = PlotDress.Of(color),
                    LineWidth = 0,
                });
            }
        }
        return bars;
    }

    private static NumericManual Ticks(IEnumerable<long> marks, DurationUnit unit, RowFrame frame, ChartWords words)
    {
        var ticks = new NumericManual();
        foreach (var mark in marks)
            ticks.AddMajor(mark, frame.Axis > 0 ? PrintableText.Of(DurationText.In(mark * unit.Length, unit, words)) : "");
        return ticks;
    }
}
