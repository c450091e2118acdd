using System.Collections.Immutable;

namespace Feedback.Charts.Trends;

/// <summary>Everything a trend chart shows. Immutable: it may be drawn by many threads, and kept as long as its counts hold.</summary>
public sealed class TrendChartModel
{
    /// <summary>The most points one chart takes: eleven years of days.</summary>
    public const int MostPoints = 4_018;

    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where; wrapped and set smaller where it is long.</param>
    /// <param name="subtitle">The period in words; may be empty.</param>
    /// <param name="denominator">How many ratings the rates rest on, in words: no rate is shown without it.</param>
    /// <param name="points">The points in order of their days, each day once; none is allowed.</param>
    /// <param name="texts">Axis names and wording.</param>
    /// <exception cref="ArgumentException">The days are out of order or double, the denominator is blank, or there are too many points.</exception>
    public TrendChartModel(
        string title, string subtitle, string denominator, IEnumerable<TrendPoint> points, TrendChartTexts texts)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        ArgumentException.ThrowIfNullOrWhiteSpace(denominator);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(texts);
        Title = title;
        Subtitle = subtitle;
        Denominator = denominator;
        Points = [.. points.Take(MostPoints + 1)];
        Texts = texts;

        if (Points.Length > MostPoints)
            throw new ArgumentException($"A chart takes at most {MostPoints} points.", nameof(points));
        for (var i = 1; i < Points.Length; i++)
            if (Points[i].Day <= Points[i - 1].Day)
                throw new ArgumentException($"The day {Points[i].Day:O} is out of order or double.", nameof(points));
    }

    /// <summary>What is shown, and where.</summary>
    public string Title { get; }

    /// <summary>The period in words; may be empty.</summary>
    public string Subtitle { get; }

    /// <summary>How many ratings the rates rest on, in words; never blank.</summary>
    public string Denominator { get; }

    /// <summary>The points in order of their days, 0 … <see cref="MostPoints"/>, each day once.</summary>
    public ImmutableArray<TrendPoint> Points { get; }

    /// <summary>Axis names and wording.</summary>
    public TrendChartTexts Texts { get; }
}
