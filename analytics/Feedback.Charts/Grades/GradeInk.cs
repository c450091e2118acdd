using Feedback.Charts.Frames;
using SkiaSharp;

namespace Feedback.Charts.Grades;

/// <summary>
/// How a grade looks: a colour from a blue–orange scale that the colour-blind can tell apart, and for bad grades lines
/// across it, so that nothing depends on colour alone.
/// </summary>
internal static class GradeInk
{
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
        if (grade <= 2)
            Hatching.Draw(canvas, box, both: grade == 1, palette.Ground.WithAlpha(170));
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
