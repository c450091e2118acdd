using SkiaSharp;

namespace Feedback.Charts.Text;

/// <summary>A piece of text set in lines of one size, ready to be drawn. Disposed with the picture.</summary>
internal sealed class TextBlock : IDisposable
{
    // In parts of the font size. The bundled font reaches 0.93 above and 0.24 below the base line.
    private const float Leading = 1.36f;
    private const float BaseLine = 1.03f;
    private const float Smallest = 8;

    private readonly SKFont font;

    private TextBlock(SKFont font, IReadOnlyList<string> lines)
    {
        this.font = font;
        Lines = lines;
    }

    /// <summary>The lines, from top to bottom.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Size of the type in points.</summary>
    public float Size => font.Size;

    /// <summary>Height of all lines in points; 0 without text.</summary>
    public float Height => Lines.Count * font.Size * Leading;

    /// <summary>Width of the widest line in points; 0 without text.</summary>
    public float Width => Lines.Count == 0 ? 0 : Lines.Max(line => font.MeasureText(line));

    /// <summary>
    /// Sets a text into a box: wrapped, and set in smaller type while it does not fit. Only where even the smallest type
    /// overflows is the end replaced by an ellipsis.
    /// </summary>
    /// <param name="text">The text as given; characters the font lacks become □.</param>
    /// <param name="face">Bundled regular or bold.</param>
    /// <param name="size">Preferred size in points.</param>
    /// <param name="width">Width of the box in points.</param>
    /// <param name="height">Height of the box in points.</param>
    public static TextBlock Fit(string? text, SKTypeface face, float size, float width, float height)
    {
        var drawable = PrintableText.Of(text);
        var font = new SKFont(face, size) { Subpixel = true, Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.None };
        for (; ; font.Size--)
        {
            var lines = LineBreaking.Wrap(drawable, width, piece => font.MeasureText(piece));
            if (lines.Count * font.Size * Leading <= height)
                return new TextBlock(font, lines);
            if (font.Size <= Smallest)
                return new TextBlock(font, Shortened(lines, Math.Max(1, (int)(height / (font.Size * Leading))), width, font));
        }
    }

    /// <summary>Draws the lines, flush left.</summary>
    public void Draw(SKCanvas canvas, float left, float top, SKColor ink)
    {
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        for (var line = 0; line < Lines.Count; line++)
        {
            var y = top + (line * Leading + BaseLine) * font.Size;
            canvas.DrawText(Lines[line], left, y, SKTextAlign.Left, font, paint);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => font.Dispose();

    private static string[] Shortened(IReadOnlyList<string> lines, int count, float width, SKFont font)
    {
        var last = lines[count - 1];
        while (last.Length > 1 && font.MeasureText(last + "…") > width)
            last = last[..^1];
        return [.. lines.Take(count - 1), last + "…"];
    }
}
