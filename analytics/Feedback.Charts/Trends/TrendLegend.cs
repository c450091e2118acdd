using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Trends;

/// <summary>The key of a trend chart: a piece of line with the rate's name, a piece of band with the interval's.</summary>
internal static class TrendLegend
{
    private const float Swatch = 22;
    private const float Space = 7;
    private const float Between = 22;
    private const float TextSize = 12;

    /// <summary>Draws the key, side by side where both entries fit and below one another otherwise.</summary>
    /// <returns>The height used, in points.</returns>
    public static float Draw(SKCanvas canvas, TrendChartTexts texts, float left, float top, float width, ChartPalette palette)
    {
        using var rate = Entry(texts.RateAxis, width);
        using var interval = Entry(texts.IntervalName, width);
        var besides = 2 * (Swatch + Space) + rate.Width + Between + interval.Width <= width;
        var x = besides ? left + Swatch + Space + rate.Width + Between : left;
        var y = besides ? top : top + rate.Height;

        using var line = new SKPaint { Color = palette.Line, StrokeWidth = 2, IsStroke = true, IsAntialias = true };
        using var band = new SKPaint { Color = palette.Band, IsAntialias = true };
        canvas.DrawLine(left, top + rate.Height / 2, left + Swatch, top + rate.Height / 2, line);
        canvas.DrawRect(x, y + 3, Swatch, interval.Height - 6, band);
        rate.Draw(canvas, left + Swatch + Space, top, palette.Ink);
        interval.Draw(canvas, x + Swatch + Space, y, palette.Ink);
        return y - top + Math.Max(rate.Height, interval.Height);
    }

    private static TextBlock Entry(string text, float width) =>
        TextBlock.Fit(text, BundledFont.Regular, TextSize, width - Swatch - Space, 2 * TextSize);
}
