using System.Globalization;
using Feedback.Charts.Frames;
using Feedback.Charts.Grades;
using Feedback.Charts.Text;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Feedback.Charts.Hours;

/// <summary>The plot proper: a cell per weekday and hour, darker the more evaluations it has, with the number in it.</summary>
internal static class HourPlot
{
    private const float Axis = 22;
    private const float Gap = 10;

    // The faintest cell that counts anything still stands out from the ground.
    private const double Faintest = 0.12;

    /// <summary>Draws the cells of a week.</summary>
    public static void Draw(SKCanvas canvas, HourChartModel model, SKRect area, ChartPalette palette)
    {
        var days = Enumerable.Range(0, 7).Select(day => PrintableText.Of(model.Words["weekday" + day])).ToList();
        var names = days.Max(day => TextLine.Width(day, PlotDress.TextSize)) + Gap;
        var hours = model.LastHour - model.FirstHour + 1;

        using var plot = PlotDress.New(palette, new PixelPadding(left: names, right: 0, bottom: Axis, top: 0));
        plot.HideGrid();
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Axes.Bottom.TickGenerator = Marks(model, (area.Width - names) / hours);
        plot.Axes.SetLimits(model.FirstHour, model.LastHour + 1, -6.5, 0.5);
        foreach (var (day, hour) in Cells(model))
        {
            var cell = plot.Add.Rectangle(hour, hour + 1, -day - 0.5, 0.5 - day);
            cell.FillColor = PlotDress.Of(ColorOf(model[day, hour].Total, model.Most, palette));
            cell.LineColor = PlotDress.Of(palette.Ground);
            cell.LineWidth = 2;
        }
        plot.Render(canvas, area);

        var pitch = (area.Height - Axis) / 7;
        for (var day = 0; day < 7; day++)
            TextLine.Draw(canvas, days[day], area.Left, area.Top + (day + 0.5f) * pitch, palette.FaintInk, Math.Clamp(pitch * 0.8f, 7, PlotDress.TextSize));
        foreach (var (day, hour) in Cells(model))
        {
            var left = area.Left + names + (hour - model.FirstHour) * (area.Width - names) / hours;
            DrawNumber(canvas, model, day, hour, new SKRect(left, area.Top + day * pitch, left + (area.Width - names) / hours, area.Top + (day + 1) * pitch), palette);
        }
    }

    /// <summary>Draws the scale of colours for the legend.</summary>
    public static void DrawRamp(SKCanvas canvas, SKRect box, ChartPalette palette)
    {
        const int Steps = 4;
        for (var step = 0; step < Steps; step++)
        {
            using var paint = new SKPaint { Color = ColorOf(step + 1, Steps, palette) };
            canvas.DrawRect(box.Left + step * box.Width / Steps, box.Top, box.Width / Steps, box.Height, paint);
        }
    }

    /// <summary>Draws the mark of a low rate: a folded corner, which leaves room for the number.</summary>
    public static void DrawMark(SKCanvas canvas, SKRect cell, SKColor ink)
    {
        var size = Math.Min(9, cell.Height / 2);
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        using var corner = new SKPath();
        corner.MoveTo(cell.Right - size, cell.Top);
        corner.LineTo(cell.Right, cell.Top);
        corner.LineTo(cell.Right, cell.Top + size);
        corner.Close();
        canvas.DrawPath(corner, paint);
    }

    private static IEnumerable<(int Day, int Hour)> Cells(HourChartModel model) =>
        from day in Enumerable.Range(0, 7)
        from hour in Enumerable.Range(model.FirstHour, model.LastHour - model.FirstHour + 1)
        select (day, hour);

    private static SKColor ColorOf(long count, long most, ChartPalette palette)
    {
        if (count == 0)
            return palette.Empty;
        var part = Faintest + (1 - Faintest) * count / most;
        return new SKColor(Between(palette.Ground.Red, palette.Line.Red), Between(palette.Ground.Green, palette.Line.Green), Between(palette.Ground.Blue, palette.Line.Blue));

        byte Between(byte from, byte to) => (byte)Math.Round(from + part * (to - from));
    }

    private static void DrawNumber(SKCanvas canvas, HourChartModel model, int day, int hour, SKRect cell, ChartPalette palette)
    {
        var count = model[day, hour].Total;
        if (count == 0)
            return;
        var ink = GradeInk.On(ColorOf(count, model.Most, palette));
        var (text, size) = (count.ToString("N0", CultureInfo.InvariantCulture), Math.Min(12, cell.Height * 0.6f));
        if (size >= 7 && TextLine.Width(text, size) + 6 <= cell.Width)
            TextLine.Draw(canvas, text, cell.MidX, cell.MidY, ink, size, SKTextAlign.Center);
        if (model.IsLow(day, hour))
            DrawMark(canvas, SKRect.Inflate(cell, -1, -1), ink);
    }

    // The mark of an hour stands where it begins.
    private static NumericManual Marks(HourChartModel model, float width)
    {
        var every = new[] { 1, 2, 3, 6 }.First(step => step * width >= 40 || step == 6);
        var ticks = new NumericManual();
        for (var hour = model.FirstHour; hour <= model.LastHour; hour++)
        {
            if ((hour - model.FirstHour) % every == 0)
                ticks.AddMajor(hour + 0.5, string.Create(CultureInfo.InvariantCulture, $"{hour:00}{(every * width >= 60 ? ":00" : "")}"));
        }
        return ticks;
    }
}
