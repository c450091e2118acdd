using Feedback.Charts.Fonts;
using SkiaSharp;

namespace Feedback.Charts.Text;

/// <summary>Short words on one line, placed by the middle of their height; too long ones lose their middle.</summary>
internal static class TextLine
{
    // Half the height of a capital letter of the bundled font, in parts of its size.
    private const float HalfCapital = 0.365f;

    /// <summary>Width of drawable text in points.</summary>
    public static float Width(string text, float size, bool bold = false)
    {
        using var font = Font(size, bold);
        return font.MeasureText(text);
    }

    /// <summary>Draws drawable text.</summary>
    public static void Draw(
        SKCanvas canvas, string text, float x, float middle, SKColor ink, float size, SKTextAlign align = SKTextAlign.Left, bool bold = false)
    {
        using var font = Font(size, bold);
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        canvas.DrawText(text, x, middle + HalfCapital * size, align, font, paint);
    }

    /// <summary>
    /// The text if it fits, else its beginning and its end around an ellipsis: names of windows differ at their ends.
    /// </summary>
    /// <param name="text">Drawable text.</param>
    /// <param name="width">The room in points.</param>
    /// <param name="measure">Width of a piece of text in points.</param>
    public static string Elided(string text, float width, Func<string, float> measure)
    {
        if (measure(text) <= width)
            return text;
        // Widths grow with length: the longest beginning and end that still fit are found by halving.
        var (fits, exceeds) = (0, text.Length);
        while (exceeds - fits > 1)
        {
            var middle = (fits + exceeds) / 2;
            if (measure(Without(text, text.Length - middle)) <= width)
                fits = middle;
            else
                exceeds = middle;
        }
        return Without(text, text.Length - fits);
    }

    private static string Without(string text, int dropped)
    {
        var kept = text.Length - dropped;
        // A little more of the beginning than of the end, and never half a surrogate pair.
        var (head, tail) = ((kept * 3 + 4) / 5, text.Length - (kept - (kept * 3 + 4) / 5));
        if (head > 0 && char.IsHighSurrogate(text[head - 1]))
            head--;
        if (tail < text.Length && char.IsLowSurrogate(text[tail]))
            tail++;
        return string.Concat(text.AsSpan(0, head).TrimEnd(), "…", text.AsSpan(tail).TrimStart());
    }

    private static SKFont Font(float size, bool bold) => new(bold ? BundledFont.Bold : BundledFont.Regular, size)
    {
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
    };
}
