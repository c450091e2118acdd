using SkiaSharp;

namespace Feedback.Charts.Frames;

/// <summary>Slanting lines over a box, so that nothing depends on telling colours apart.</summary>
internal static class Hatching
{
    private const float Step = 6;

    /// <summary>Draws the lines.</summary>
    public static void Draw(SKCanvas canvas, SKRect box, bool both, SKColor ink)
    {
        if (box.Width < 1.5f || box.Height < 1.5f)
            return;
        using var paint = new SKPaint { Color = ink, StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        using var lines = new SKPath();
        // Lines x + y = c (and x − y = c), cut at the edges of the box by arithmetic: a clip each would swell an SVG.
        for (var c = Step / 2; c < box.Width + box.Height; c += Step)
        {
            var (x0, x1) = (Math.Max(0, c - box.Height), Math.Min(box.Width, c));
            lines.MoveTo(box.Left + x0, box.Top + c - x0);
            lines.LineTo(box.Left + x1, box.Top + c - x1);
            if (!both)
                continue;
            lines.MoveTo(box.Left + x0, box.Bottom - c + x0);
            lines.LineTo(box.Left + x1, box.Bottom - c + x1);
        }
        canvas.DrawPath(lines, paint);
    }
}
