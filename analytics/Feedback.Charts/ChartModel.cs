using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using SkiaSharp;

namespace Feedback.Charts;

/// <summary>
/// Everything a chart shows. Immutable: it may be drawn by many threads, and kept as long as its counts hold.
/// <see cref="ChartPicture"/> makes pictures of it, <see cref="ChartTable"/> a table of the same numbers.
/// </summary>
public abstract class ChartModel
{
    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where; wrapped and set smaller where it is long.</param>
    /// <param name="subtitle">The period in words; may be empty.</param>
    /// <param name="denominator">How many ratings or matters the figures rest on, in words: none is shown without it.</param>
    /// <exception cref="ArgumentException">The denominator is blank.</exception>
    private protected ChartModel(string title, string subtitle, string denominator)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        ArgumentException.ThrowIfNullOrWhiteSpace(denominator);
        Title = title;
        Subtitle = subtitle;
        Denominator = denominator;
    }

    /// <summary>What is shown, and where.</summary>
    public string Title { get; }

    /// <summary>The period in words; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>How many ratings or matters the figures rest on, in words; never blank.</summary>
    public string Denominator { get; }

    /// <summary>The numbers of the picture.</summary>
    public abstract ChartTable Table { get; }

    /// <summary>The tag of the chart's language.</summary>
    internal abstract string Language { get; }

    /// <summary>Whether there is anything to draw.</summary>
    internal abstract bool HasData { get; }

    /// <summary>What is written in place of a drawing.</summary>
    internal abstract string NoData { get; }

    /// <summary>The key to the drawing, from the left.</summary>
    internal abstract IReadOnlyList<LegendEntry> Legend(ChartPalette palette);

    /// <summary>What else a reader must know, beside the denominator; empty for nothing.</summary>
    /// <param name="area">Where the drawing will be.</param>
    internal virtual string Remark(SKRect area) => "";

    /// <summary>Draws all that lies between legend and foot. There is something to draw.</summary>
    internal abstract void Draw(SKCanvas canvas, SKRect area, ChartPalette palette);
}
