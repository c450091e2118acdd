using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Feedback.Charts.Grades;

/// <summary>The plot proper: a bar of 100 % per row, its name before it and its figures behind.</summary>
internal static class GradePlot
{
    // Narrower pieces have no room for their share in words.
    private const float Inset = 6;

    /// <summary>Draws rows into an area; the first one is the whole.</summary>
    public static void Draw(SKCanvas canvas, IReadOnlyList<GradeRow> rows, ChartWords words, SKRect area, ChartPalette palette)
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
        plot.Axes.Bottom.TickGenerator = Percents(frame);
        plot.Axes.SetLimits(0, 100, 0.5 - rows.Count, 0.5);
        plot.Add.Bars(Bars(rows, frame, palette));
        plot.Render(canvas, frame.Figure);

        if (frame.Head > 0)
            TextLine.Draw(canvas, heading, area.Right, area.Top + frame.Head / 2, palette.FaintInk, 11, SKTextAlign.Right);
        for (var row = 0; row < rows.Count; row++)
        {
            var (middle, bold) = (frame.Middle(row), row == 0);
            var name = TextLine.Elided(names[row], frame.NameRoom, piece => TextLine.Width(piece, size, bold));
            TextLine.Draw(canvas, name, area.Left, middle, palette.Ink, size, bold: bold);
            TextLine.Draw(canvas, figures[row], area.Right, middle, palette.Ink, size, SKTextAlign.Right, bold);
            if (rows[row].Counts.Total == 0)
                TextLine.Draw(canvas, words["no-ratings"], frame.Plot.Left + Inset, middle, palette.FaintInk, size);
            foreach (var (grade, box) in Pieces(rows[row], row, frame))
                DrawShare(canvas, rows[row], grade, box, size, palette);
        }
    }

    private static List<Bar> Bars(IReadOnlyList<GradeRow> rows, RowFrame frame, ChartPalette palette)
    {
        var bars = new List<Bar>();
        for (var row = 0; row < rows.Count; row++)
        {
            foreach (var (grade, from, to) in Shares(rows[row]))
            {
                bars.Add(new Bar
                {
                    Position = -row,
                    ValueBase = from,
                    Value = to,
                    Size = frame.Thickness,
                    Orientation = Orientation.Horizontal,
                    FillColor = PlotDress.Of(palette.Grades[grade - 1]),
                    LineWidth = 0,
                });
            }
        }
        return bars;
    }

    private static IEnumerable<(int Grade, double From, double To)> Shares(GradeRow row)
    {
        var (total, before) = (row.Counts.Total, 0L);
        for (var grade = 5; grade >= 1; grade--)
        {
            var after = before + row.Counts[grade];
            if (after > before)
                yield return (grade, 100.0 * before / total, 100.0 * after / total);
            before = after;
        }
    }

    private static IEnumerable<(int Grade, SKRect Box)> Pieces(GradeRow row, int index, RowFrame frame)
    {
        var half = (float)(frame.Thickness * frame.Pitch / 2);
        foreach (var (grade, from, to) in Shares(row))
        {
            yield return (grade, new SKRect(
                frame.Plot.Left + (float)from / 100 * frame.Plot.Width, frame.Middle(index) - half,
                frame.Plot.Left + (float)to / 100 * frame.Plot.Width, frame.Middle(index) + half));
        }
    }

    private static void DrawShare(SKCanvas canvas, GradeRow row, int grade, SKRect box, float size, ChartPalette palette)
    {
        GradeInk.Hatch(canvas, box, grade, palette);
        using (var edge = new SKPaint { Color = palette.Ground, StrokeWidth = 1, IsStroke = true })
            canvas.DrawLine(box.Left, box.Top, box.Left, box.Bottom, edge);

        var share = RateText.Of(new Analytics.Rates.Proportion(row.Counts[grade], row.Counts.Total));
        var width = TextLine.Width(share, size - 1);
        if (width + Inset > box.Width)
            return;
        var color = palette.Grades[grade - 1];
        if (grade <= 2)
        {
            using var ground = new SKPaint { Color = color, IsAntialias = true };
            canvas.DrawRect(new SKRect(box.MidX - width / 2 - 2, box.MidY - size / 2, box.MidX + width / 2 + 2, box.MidY + size / 2), ground);
        }
        TextLine.Draw(canvas, share, box.MidX, box.MidY, GradeInk.On(color), size - 1, SKTextAlign.Center);
    }

    private static NumericManual Percents(RowFrame frame)
    {
        var (ticks, width) = (new NumericManual(), frame.Plot.Width);
        for (var percent = 0; percent <= 100; percent += width < 160 ? 50 : width < 320 ? 25 : 20)
            ticks.AddMajor(percent, frame.Axis > 0 ? $"{percent}%" : "");
        return ticks;
    }
}
