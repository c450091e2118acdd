using SkiaSharp;

namespace Feedback.Charts.Grades;

/// <summary>
/// How a grade looks: a colour from a blue–orange scale that the colour-blind can tell apart, and for bad grades lines
/// across it, so that nothing depends on colour alone.
/// </summary>
internal static class GradeInk
{
    private const float Step = 6;

    /// <summary>Fills a box with the look of a grade.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, int grade, ChartPalette palette)
    {
        using var paint = new SKPaint { Color = palette.Grades[grade - 1], IsAntialias = false };
        canvas.DrawRect(box, paint);
        Hatch(canvas, box, grade, palette);
    }

    /// <summary>Draws the lines of a bad grade over a box: one way for dissatisfied, both ways for very dissatisfied.</summary>
    public static void Hatch(SKCanvas canvas, SKRect box, int grade, ChartPalette palette)
    {
        if (grade > 2 || box.Width < 1.5f)
            return;
        using var paint = new SKPaint { Color = palette.Ground.WithAlpha(170), StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        using var lines = new SKPath();
        // Lines x + y = c (and x − y = c), cut at the edges of the box by arithmetic: a clip each would swell an SVG.
        for (var c = Step / 2; c < box.Width + box.Height; c += Step)
        {
            var (x0, x1) = (Math.Max(0, c - box.Height), Math.Min(box.Width, c));
            lines.MoveTo(box.Left + x0, box.Top + c - x0);
            lines.LineTo(box.Left + x1, box.Top + c - x1);
            if (grade != 1)
                continue;
            lines.MoveTo(box.Left + x0, box.Bottom - c + x0);
            lines.LineTo(box.Left + x1, box.Bottom - c + x1);
        }
        canvas.DrawPath(lines, paint);
    }

    /// <summary>Black or white, whichever stands out from a colour.</summary>
    public static SKColor On(SKColor color)
    {
        // WCAG 2.2, relative luminance; above 0.179 black has the higher contrast.
        var luminance = 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
        return luminance > 0.179 ? new SKColor(0x10, 0x16, 0x1D) : SKColors.White;
    }

    private static double Linear(byte channel) =>
        channel / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
}
