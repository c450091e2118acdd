using System.Collections.Immutable;
using System.Globalization;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Trends;

/// <summary>Everything a trend chart shows. Immutable: it may be drawn by many threads, and kept as long as its counts hold.</summary>
public sealed class TrendChartModel : ChartModel
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
        : base(title, subtitle, denominator)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(texts);
        Points = [.. points.Take(MostPoints + 1)];
        Texts = texts;

        if (Points.Length > MostPoints)
            throw new ArgumentException($"A chart takes at most {MostPoints} points.", nameof(points));
        for (var i = 1; i < Points.Length; i++)
            if (Points[i].Day <= Points[i - 1].Day)
                throw new ArgumentException($"The day {Points[i].Day:O} is out of order or double.", nameof(points));
    }

    /// <summary>The points in order of their days, 0 … <see cref="MostPoints"/>, each day once.</summary>
    public ImmutableArray<TrendPoint> Points { get; }

    /// <summary>Axis names and wording.</summary>
    public TrendChartTexts Texts { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Texts.DayAxis, Texts.GoodColumn, Texts.RatingsColumn, $"{Texts.RateAxis} (%)", Texts.LowColumn, Texts.HighColumn],
        [
            .. Points.Select(point => (IReadOnlyList<string>)[
                point.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Number(point.Rate.Successes), Number(point.Rate.Trials),
                point.Rate.Trials > 0 ? RateText.Number(point.Rate) : "",
                RateText.End(point.Rate, point.Interval?.Low), RateText.End(point.Rate, point.Interval?.High)]),
        ]);

    internal override string Language => Texts.Language;

    internal override bool HasData => Points.Any(point => point.Rate.Trials > 0);

    internal override string NoData => Texts.NoData;

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        new(Texts.RateAxis, (canvas, box) =>
        {
            using var line = new SKPaint { Color = palette.Line, StrokeWidth = 2, IsStroke = true, IsAntialias = true };
            canvas.DrawLine(box.Left, box.MidY, box.Right, box.MidY, line);
        }),
        new(Texts.IntervalName, (canvas, box) =>
        {
            using var band = new SKPaint { Color = palette.Band, IsAntialias = true };
            canvas.DrawRect(box, band);
        }),
    ];

    internal override string Remark(SKRect area) => Scale(area) is { Low: > 0 } scale ? Texts.AxisStart(scale.Low) : "";

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) => TrendPlot.Draw(canvas, this, Scale(area), area, palette);

    private RateScale Scale(SKRect area) => RateScale.Of(Points, mostSteps: PlotDress.Steps(area.Height - PlotDress.TimeAxis(area), 38));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
