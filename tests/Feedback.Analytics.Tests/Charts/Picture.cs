using SkiaSharp;

namespace Feedback.Analytics.Tests.Charts;

/// <summary>A PNG looked at pixel by pixel.</summary>
internal sealed class Picture(byte[] png) : IDisposable
{
    private readonly SKBitmap bitmap = SKBitmap.Decode(png);

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public SKColor this[int x, int y] => bitmap.GetPixel(x, y);

    /// <summary>How many pixels of a column carry the full colour of the line: strongly blue, unlike text and band.</summary>
    public int LinePixels(int x) => Enumerable.Range(0, Height).Count(y => this[x, y].Blue - this[x, y].Red > 90);

    /// <summary>Line pixels of the plot, right of the legend's swatch and the axis labels.</summary>
    public int LinePixels() => Enumerable.Range(PlotLeft, Width - PlotLeft).Sum(LinePixels);

    /// <summary>The unbroken stretches of columns that carry line.</summary>
    public int Stretches() => Enumerable.Range(PlotLeft, Width - PlotLeft)
        .Count(x => LinePixels(x) > 0 && LinePixels(x - 1) == 0);

    public void Dispose() => bitmap.Dispose();

    private const int PlotLeft = 66;
}
