using System.Collections.Immutable;
using System.Globalization;
using Feedback.Analytics.Rates;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Trends;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Dimensions;

/// <summary>The satisfaction rate of each dimension of the form with its interval, beside the rate of the overall grade.</summary>
public sealed class DimensionChartModel : ChartModel
{
    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="overall">The satisfaction rate over all active evaluations.</param>
    /// <param name="dimensions">The dimensions in the order of the form.</param>
    /// <param name="words">The language.</param>
    public DimensionChartModel(string title, string subtitle, Proportion overall, IEnumerable<DimensionRow> dimensions, ChartWords words)
        : base(title, subtitle, words.Say("denominator", overall.Trials))
    {
        Words = words;
        Overall = new DimensionRow(words["overall"], overall);
        Dimensions = [.. dimensions];
    }

    /// <summary>The overall grade.</summary>
    public DimensionRow Overall { get; }

    /// <summary>The dimensions in the order of the form.</summary>
    public ImmutableArray<DimensionRow> Dimensions { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Words["column-dimension"], Words["column-good"], Words["column-ratings"], Words["column-rate"], Words.Trend.LowColumn, Words.Trend.HighColumn],
        [
            .. Dimensions.Prepend(Overall).Select(row => (IReadOnlyList<string>)[
                row.Name, Number(row.Rate.Successes), Number(row.Rate.Trials), RateText.Number(row.Rate), RateText.End(row.Rate, row.Interval?.Low), RateText.End(row.Rate, row.Interval?.High)]),
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => Overall.Rate.Trials > 0 || Dimensions.Any(row => row.Rate.Trials > 0);

    internal override string NoData => Words["no-data"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        new(Words["rate"], (canvas, box) => DimensionPlot.DrawPoint(canvas, box.MidX, box.MidY, palette)),
        new(Words.Trend.IntervalName, (canvas, box) => DimensionPlot.DrawInterval(canvas, box.Left, box.Right, box.MidY, palette)),
    ];

    internal override string Remark(SKRect area) => Join(
        Scale(area) is { Low: > 0 } scale ? Words.Say("remark-axis", scale.Low) : "",
        Shown(area) is var shown && shown < Dimensions.Length ? Words.Say("remark-some", shown, Dimensions.Length) : "");

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) =>
        DimensionPlot.Draw(canvas, [Overall, .. Dimensions[..Shown(area)]], Scale(area), Words, area, palette);

    private int Shown(SKRect area) => Math.Min(Dimensions.Length, RowFrame.Room(area) - 1);

    private RateScale Scale(SKRect area) => RateScale.Of(
        Dimensions.Prepend(Overall).Select(row => new TrendPoint(default, row.Rate, row.Interval)), PlotDress.Steps(area.Width, 90));

    private static string Join(params IEnumerable<string> remarks) => string.Join(" · ", remarks.Where(remark => remark.Length > 0));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
