using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using ScottPlot;
using ScottPlot.LayoutEngines;
using SkiaSharp;

namespace Feedback.Charts.Frames;

/// <summary>How every plot looks: no frame, faint axes in the bundled font, and the room around it fixed beforehand.</summary>
internal static class PlotDress
{
    /// <summary>Size of the words along the axes, in points.</summary>
    public const float TextSize = 12;

    // Below this height the axis over time gets no name: its marks are dates anyway.
    private const float LeastHeightWithName = 120;

    /// <summary>Height of an axis over time with its marks and, where there is room for it, its name.</summary>
    public static float TimeAxis(SKRect area) => HasName(area) ? 48 : 26;

    /// <summary>Names the axis over time where there is room for it.</summary>
    public static void NameTimeAxis(this Plot plot, string name, SKRect area) => plot.Axes.Bottom.Label.Text = HasName(area) ? PrintableText.Of(name) : "";

    /// <summary>How many steps an axis may have, by its length.</summary>
    /// <param name="length">Length of the axis in points.</param>
    /// <param name="each">Least length of a step.</param>
    public static int Steps(float length, float each) => Math.Clamp((int)(length / each), 1, 6);

    private static bool HasName(SKRect area) => area.Height >= LeastHeightWithName;

    /// <summary>A plot to add things to.</summary>
    public static Plot New(ChartPalette palette, PixelPadding padding)
    {
        var plot = new Plot();
        // Clearing would wipe the title off the same canvas; the opaque ground covers each pass of the plot instead.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Of(palette.Ground);
        plot.Layout.LayoutEngine = new FixedPadding(padding);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        foreach (var axis in (IAxis[])[plot.Axes.Left, plot.Axes.Bottom])
        {
            axis.FrameLineStyle.IsVisible = false;
            axis.MajorTickStyle.Color = Of(palette.Grid);
            foreach (var label in (LabelStyle[])[axis.TickLabelStyle, axis.Label])
            {
                label.FontName = BundledFont.Name;
                label.FontSize = TextSize;
                label.Bold = false;
                label.ForeColor = Of(palette.FaintInk);
            }
        }
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.YAxisStyle.MajorLineStyle.Color = Of(palette.Grid);
        return plot;
    }

    /// <summary>Draws the plot into an area of the canvas.</summary>
    public static void Render(this Plot plot, SKCanvas canvas, SKRect area) =>
        plot.Render(canvas, new PixelRect(area.Left, area.Right, area.Bottom, area.Top));

    /// <summary>The same colour in the plot's words.</summary>
    public static Color Of(SKColor color) => Color.FromSKColor(color);
}
