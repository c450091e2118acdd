using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Trends;

/// <summary>
/// Draws a rate over days, 0 … 100 %, with the band of its interval and gaps where it is undefined.
/// Safe to call from many threads at once; the same input gives the same bytes on every machine.
/// </summary>
public static class TrendChart
{
    /// <summary>The chart as a PNG file.</summary>
    /// <param name="model">What to draw.</param>
    /// <param name="size">Size of the picture.</param>
    /// <param name="theme">Light or dark ground.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is the default value, or there is no such theme.</exception>
    public static byte[] Png(TrendChartModel model, ChartSize size, ChartTheme theme)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(size.Scale, nameof(size));
        var palette = ChartPalette.Of(theme);
        BundledFont.Register();

        using var surface = SKSurface.Create(new SKImageInfo(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException($"No memory for a picture of {size.PixelWidth} × {size.PixelHeight} pixels.");
        surface.Canvas.Scale(size.Scale);
        Draw(surface.Canvas, model, size, palette);

        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Title, period and legend from the top, the denominator from the bottom; the plot gets what is left.</summary>
    private static void Draw(SKCanvas canvas, TrendChartModel model, ChartSize size, ChartPalette palette)
    {
        var margin = size.Width < 480 ? 14f : 22f;
        var width = size.Width - 2 * margin;
        var scale = RateScale.Of(model.Points, mostSteps: size.Height < 400 ? 4 : 6);
        var hasData = model.Points.Any(point => point.Rate.Trials > 0);
        canvas.Clear(palette.Ground);

        var top = margin;
        using (var title = TextBlock.Fit(model.Title, BundledFont.Bold, 20, width, 0.25f * size.Height))
        {
            title.Draw(canvas, margin, top, palette.Ink);
            top += title.Height;
        }
        using (var subtitle = TextBlock.Fit(model.Subtitle, BundledFont.Regular, 13, width, 0.12f * size.Height))
        {
            subtitle.Draw(canvas, margin, top, palette.FaintInk);
            top += subtitle.Height + 6;
        }
        if (hasData)
            top += TrendLegend.Draw(canvas, model.Texts, margin, top, width, palette) + 4;

        var bottom = size.Height - 0.6f * margin;
        using (var foot = TextBlock.Fit(Foot(model, scale), BundledFont.Regular, 12, width, 0.12f * size.Height))
        {
            bottom -= foot.Height;
            foot.Draw(canvas, margin, bottom, palette.FaintInk);
            bottom -= 4;
        }

        var area = new SKRect(margin, top, size.Width - margin, bottom);
        if (hasData)
            TrendPlot.Draw(canvas, model, scale, area, palette);
        else
            DrawNoData(canvas, model.Texts.NoData, area, palette);
    }

    private static string Foot(TrendChartModel model, RateScale scale) =>
        scale.Low == 0 ? model.Denominator : $"{model.Denominator} · {model.Texts.AxisStart(scale.Low)}";

    private static void DrawNoData(SKCanvas canvas, string message, SKRect area, ChartPalette palette)
    {
        using var frame = new SKPaint { Color = palette.Grid, IsStroke = true, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawRoundRect(area, 6, 6, frame);
        using var text = TextBlock.Fit(message, BundledFont.Regular, 18, area.Width - 24, area.Height);
        text.Draw(canvas, area.MidX - text.Width / 2, area.MidY - text.Height / 2, palette.FaintInk);
    }
}
