namespace Feedback.Charts;

/// <summary>
/// Size of a picture. Text keeps its size in points while the picture grows, so a larger picture shows more, not bigger.
/// Bounded, so that no request can ask for a picture that fills the memory (at most 37 MB while it is drawn).
/// </summary>
public readonly record struct ChartSize
{
    /// <summary>Makes a size.</summary>
    /// <param name="width">Width in points, 320 … 1,920.</param>
    /// <param name="height">Height in points, 280 … 1,200.</param>
    /// <param name="scale">Pixels per point: 1, or 2 for dense screens and print.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public ChartSize(int width, int height, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 320);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 1_920);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 280);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 1_200);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 2);
        Width = width;
        Height = height;
        Scale = scale;
    }

    /// <summary>A picture for a page: 960 × 480 points, one pixel each.</summary>
    public static ChartSize Page { get; } = new(960, 480);

    /// <summary>Width in points, 320 … 1,920; 0 in the default value, which cannot be drawn.</summary>
    public int Width { get; }

    /// <summary>Height in points, 280 … 1,200; 0 in the default value, which cannot be drawn.</summary>
    public int Height { get; }

    /// <summary>Pixels per point, 1 or 2; 0 in the default value, which cannot be drawn.</summary>
    public int Scale { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int PixelWidth => Width * Scale;

    /// <summary>Height of the picture in pixels.</summary>
    public int PixelHeight => Height * Scale;
}
