using System.Collections.Immutable;
using System.Globalization;
using Feedback.Analytics.Cases;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Cases;

/// <summary>How long cases take until they are closed: per category the median and the 90th percentile, the slowest first.</summary>
public sealed class ClosingTimeChartModel : ChartModel
{
    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="whole">Cases of all categories together.</param>
    /// <param name="categories">The categories in any order.</param>
    /// <param name="words">The language.</param>
    public ClosingTimeChartModel(string title, string subtitle, ClosingTime whole, IEnumerable<ClosingTimeRow> categories, ChartWords words)
        : base(title, subtitle, words.Say("denominator-cases", whole.Closed, whole.Opened))
    {
        Words = words;
        Whole = new ClosingTimeRow(words["all"], whole);
        Categories =
        [
            .. categories.OrderByDescending(row => row.Time.Ninetieth ?? TimeSpan.MinValue)
                .ThenByDescending(row => row.Time.Opened).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>All categories together.</summary>
    public ClosingTimeRow Whole { get; }

    /// <summary>The categories, the highest 90th percentile first; those of which no case is closed last.</summary>
    public ImmutableArray<ClosingTimeRow> Categories { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Words["column-category"], Words["column-cases"], Words["column-closed"], Words["column-median"], Words["column-ninetieth"]],
        [
            .. Categories.Prepend(Whole).Select(row => (IReadOnlyList<string>)[
                row.Name, Number(row.Time.Opened), Number(row.Time.Closed), DurationText.Hours(row.Time.Median), DurationText.Hours(row.Time.Ninetieth)]),
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => Whole.Time.Closed > 0;

    internal override string NoData => Words["no-closed-at-all"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        new(Words["median"], (canvas, box) => ClosingTimePlot.Fill(canvas, box, ninetieth: false, palette)),
        new(Words["ninetieth"], (canvas, box) => ClosingTimePlot.Fill(canvas, box, ninetieth: true, palette)),
    ];

    internal override string Remark(SKRect area) => Shown(area) is var shown && shown < Categories.Length
        ? Words.Say("remark-some-categories", shown, Categories.Length) : Words["remark-slowest"];

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) =>
        ClosingTimePlot.Draw(canvas, [Whole, .. Categories[..Shown(area)]], Words, area, palette);

    private int Shown(SKRect area) => Math.Min(Categories.Length, RowFrame.Room(area) - 1);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
