using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Frames;

/// <summary>One entry of a legend.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Swatch">Draws a piece of it into a box.</param>
internal sealed record LegendEntry(string Name, Action<SKCanvas, SKRect> Swatch);

/// <summary>The key to a chart: entries side by side, on further lines where a line is full.</summary>
internal static class Legend
{
    private const float Swatch = 22;
    private const float Space = 7;
    private const float Between = 22;
    private const float TextSize = 12;

    /// <summary>Draws the key.</summary>
    /// <returns>The height used, in points.</returns>
    public static float Draw(SKCanvas canvas, IReadOnlyList<LegendEntry> entries, float left, float top, float width, ChartPalette palette)
    {
        var (x, y, line) = (left, top, 0f);
        foreach (var entry in entries)
        {
            using var name = TextBlock.Fit(entry.Name, BundledFont.Regular, TextSize, width - Swatch - Space, 2 * TextSize);
            var needed = Swatch + Space + name.Width;
            if (x > left && x + needed > left + width)
                (x, y, line) = (left, y + line, 0f);
            entry.Swatch(canvas, new SKRect(x, y + 3, x + Swatch, y + name.Height - 3));
            name.Draw(canvas, x + Swatch + Space, y, palette.Ink);
            x += needed + Between;
            line = Math.Max(line, name.Height);
        }
        return y - top + line;
    }
}
