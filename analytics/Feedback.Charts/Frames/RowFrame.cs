using System.Globalization;
using Feedback.Analytics.Rates;
using Feedback.Charts.Text;
using ScottPlot;
using SkiaSharp;

namespace Feedback.Charts.Frames;

/// <summary>
/// The room of a chart whose rows are places or dimensions: names at the left, figures at the right, the plot between.
/// In the plot the rows lie at 0, −1, −2 … of the vertical axis.
/// </summary>
/// <param name="Area">The whole room.</param>
/// <param name="Rows">How many rows, 1 or more.</param>
/// <param name="Names">Width of the names.</param>
/// <param name="Figures">Width of the figures.</param>
/// <param name="Pitch">Height of a row.</param>
internal sealed record RowFrame(SKRect Area, int Rows, float Names, float Figures, float Pitch)
{
    // Below this height heading and axis would leave no room for rows.
    private const float LeastHeightWithAxis = 120;
    private const float LeastWidthWithCounts = 280;
    private const float LeastPitch = 19;
    private const float MostPitch = 52;
    private const float MostThickness = 30;
    private const float Gap = 10;

    /// <summary>Height of the heading above the rows; 0 where there is no room for one.</summary>
    public float Head => HeadOf(Area);

    /// <summary>Height of the axis below the rows; 0 where there is no room for one.</summary>
    public float Axis => AxisOf(Area);

    /// <summary>How many rows there is room for, at least two.</summary>
    public static int Room(SKRect area) => Math.Max(2, (int)((area.Height - HeadOf(area) - AxisOf(area)) / LeastPitch));

    /// <summary>Lays out rows whose names and figures have been measured.</summary>
    public static RowFrame Of(SKRect area, int rows, float widestName, float widestFigure)
    {
        var figures = Math.Min(widestFigure + Gap, 0.45f * area.Width);
        var names = Math.Min(widestName + Gap, 0.36f * area.Width);
        return new RowFrame(area, rows, names, figures, Math.Min(MostPitch, Math.Max(4, (area.Height - HeadOf(area) - AxisOf(area)) / rows)));
    }

    /// <summary>The room of the names without the gap to the plot.</summary>
    public float NameRoom => Names - Gap;

    /// <summary>The rows of the plot, between names and figures.</summary>
    public SKRect Plot => new(Area.Left + Names, Area.Top + Head, Area.Right - Figures, Area.Top + Head + Rows * Pitch);

    /// <summary>Where the plot is drawn, its axis included.</summary>
    public SKRect Figure => new(Area.Left, Area.Top, Area.Right, Plot.Bottom + Axis);

    /// <summary>The room around the plot.</summary>
    public PixelPadding Padding => new(left: Names, right: Figures, bottom: Axis, top: Head);

    /// <summary>Thickness of a bar in parts of a row.</summary>
    public double Thickness => Math.Min(0.72, MostThickness / Pitch);

    /// <summary>Size of the type of names and figures.</summary>
    public float TextSize => Math.Clamp(Pitch * 0.7f, 8, 13);

    /// <summary>The middle of a row's height on the canvas.</summary>
    public float Middle(int row) => Plot.Top + (row + 0.5f) * Pitch;

    /// <summary>Whether there is room for the counts beside the rates.</summary>
    public static bool HasCounts(SKRect area) => area.Width >= LeastWidthWithCounts;

    /// <summary>The rate of a row in words, with its count where there is room for it.</summary>
    public static string FigureOf(Proportion rate, SKRect area) => rate.Trials > 0 && HasCounts(area)
        ? string.Create(CultureInfo.InvariantCulture, $"{RateText.Of(rate)} · {rate.Trials:N0}")
        : RateText.Of(rate);

    private static float HeadOf(SKRect area) => area.Height < LeastHeightWithAxis ? 0 : 20;

    private static float AxisOf(SKRect area) => area.Height < LeastHeightWithAxis ? 0 : 24;
}
