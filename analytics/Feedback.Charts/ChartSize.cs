namespace Feedback.Charts;

/// <summary>
/// Size of a picture. Text keeps its size in points while the picture grows, so a larger picture shows more, not bigger.
/// Bounded, so that no request can ask for a picture that fills the memory (at most 48 MB while it is drawn).
/// </summary>
public readonly record struct ChartSize
{
    /// <summary>The narrowest picture, in points.</summary>
    public const int LeastWidth = 200;

    /// <summary>The widest picture, in points.</summary>
    public const int MostWidth = 3_000;

    /// <summary>The flattest picture, in points.</summary>
    public const int LeastHeight = 150;

    /// <summary>The highest picture, in points.</summary>
    public const int MostHeight = 2_000;

    private const int MostPixels = 12_000_000;

    /// <summary>Makes a size.</summary>
    /// <param name="width">Width in points, 200 … 3,000.</param>
    /// <param name="height">Height in points, 150 … 2,000.</param>
    /// <param name="scale">Pixels per point: 1, or 2 for dense screens and print.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range, or the picture has more than 12 million pixels.</exception>
    public ChartSize(int width, int height, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, LeastHeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MostHeight);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width * height * scale * scale, MostPixels);
        Width = width;
        Height = height;
        Scale = scale;
    }

    /// <summary>A picture for a page: 960 × 480 points, one pixel each.</summary>
    public static ChartSize Page { get; } = new(960, 480);

    /// <summary>Width in points, 200 … 3,000; 0 in the default value, which cannot be drawn.</summary>
    public int Width { get; }

    /// <summary>Height in points, 150 … 2,000; 0 in the default value, which cannot be drawn.</summary>
    public int Height { get; }

    /// <summary>Pixels per point, 1 or 2; 0 in the default value, which cannot be drawn.</summary>
    public int Scale { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int PixelWidth => Width * Scale;

    /// <summary>Height of the picture in pixels.</summary>
    public int PixelHeight => Height * Scale;
}
