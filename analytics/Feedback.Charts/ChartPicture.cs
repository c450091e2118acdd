using Feedback.Charts.Files;
using Feedback.Charts.Fonts;
using Feedback.Charts.Frames;
using SkiaSharp;

namespace Feedback.Charts;

/// <summary>
/// Makes pictures of charts. Safe to call from many threads at once; the same input gives the same bytes on every machine.
/// </summary>
public static class ChartPicture
{
    /// <summary>The chart as a PNG file.</summary>
    /// <param name="model">What to draw.</param>
    /// <param name="size">Size of the picture.</param>
    /// <param name="theme">Light or dark ground.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is the default value, or there is no such theme.</exception>
    public static byte[] Png(ChartModel model, ChartSize size, ChartTheme theme)
    {
        var palette = Check(model, size, theme);
        using var surface = SKSurface.Create(new SKImageInfo(size.PixelWidth, size.PixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new InvalidOperationException($"No memory for a picture of {size.PixelWidth} × {size.PixelHeight} pixels.");
        surface.Canvas.Scale(size.Scale);
        ChartFrame.Draw(surface.Canvas, model, size, palette);

        using var pixels = surface.PeekPixels();
        using var png = pixels?.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, zLibLevel: 6));
        return png?.ToArray() ?? throw new InvalidOperationException("The picture could not be encoded.");
    }

    /// <summary>The chart as an SVG file in UTF-8 that needs nothing else: real text, ids of its own, a title and a description.</summary>
    /// <param name="model">What to draw.</param>
    /// <param name="size">Size of the picture; its pixels per point do not matter.</param>
    /// <param name="theme">Light or dark ground.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is the default value, or there is no such theme.</exception>
    public static byte[] Svg(ChartModel model, ChartSize size, ChartTheme theme)
    {
        var palette = Check(model, size, theme);
        using var drawn = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, size.Width, size.Height), drawn))
            ChartFrame.Draw(canvas, model, size, palette);
        return SvgDocument.Of(drawn.ToArray(), model, size);
    }

    private static ChartPalette Check(ChartModel model, ChartSize size, ChartTheme theme)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(size.Scale, nameof(size));
        BundledFont.Register();
        return ChartPalette.Of(theme);
    }
}
