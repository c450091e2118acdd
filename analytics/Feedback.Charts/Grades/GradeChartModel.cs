using System.Collections.Immutable;
using System.Globalization;
using Feedback.Analytics.Grades;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Grades;

/// <summary>
/// The grades of a place and of each place directly below, as shares of 100 %, lowest satisfaction rate first. Where
/// there is no room for all, the last row adds up the others, and the picture says so.
/// </summary>
public sealed class GradeChartModel : ChartModel
{
    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="whole">All active grades of the place itself.</param>
    /// <param name="parts">The places below, in any order; none for a window.</param>
    /// <param name="words">The language.</param>
    public GradeChartModel(string title, string subtitle, GradeCounts whole, IEnumerable<GradeRow> parts, ChartWords words)
        : base(title, subtitle, words.Say("denominator", whole.Total))
    {
        Words = words;
        Whole = new GradeRow(words["all"], whole);
        // Undefined rates come last; among equals the larger place, so that the order never depends on how they came.
        Parts =
        [
            .. parts.OrderBy(part => part.Rate.Value ?? 2).ThenByDescending(part => part.Counts.Total)
                .ThenBy(part => part.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The place itself.</summary>
    public GradeRow Whole { get; }

    /// <summary>The places below, lowest rate first; those without active evaluations last.</summary>
    public ImmutableArray<GradeRow> Parts { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [
            Words["column-name"], .. Enumerable.Range(1, 5).Select(step => Words["grade" + (6 - step)]),
            Words["column-ratings"], Words["column-rate"],
        ],
        [
            .. Parts.Prepend(Whole).Select(row => (IReadOnlyList<string>)[
                row.Name, .. Enumerable.Range(1, 5).Select(step => Number(row.Counts[6 - step])), Number(row.Counts.Total), RateText.Number(row.Rate)]),
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => Whole.Counts.Total > 0;

    internal override string NoData => Words["no-data"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
        [.. Enumerable.Range(1, 5).Select(step => 6 - step).Select(grade => new LegendEntry(Words["grade" + grade], (canvas, box) => GradeInk.Fill(canvas, box, grade, palette)))];

    internal override string Remark(SKRect area) => Shown(area) is var shown && Parts.Length < 2 ? ""
        : shown < Parts.Length ? Words.Say("remark-worst", shown, Parts.Length)
        : Words["remark-order"];

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) => GradePlot.Draw(canvas, Rows(area), Words, area, palette);

    /// <summary>The rows for which there is room: the whole, the worst places, and what is left of them added up.</summary>
    internal IReadOnlyList<GradeRow> Rows(SKRect area)
    {
        var shown = Shown(area);
        var others = Parts[shown..];
        return
        [
            Whole, .. Parts[..shown],
            .. others.IsEmpty ? [] : (GradeRow[])[new GradeRow(Words.Say("others", others.Length), others.Aggregate(default(GradeCounts), (sum, row) => sum + row.Counts))],
        ];
    }

    // One row belongs to the whole, and one to the others where there are any.
    private int Shown(SKRect area) => RowFrame.Room(area) - 1 is var room && Parts.Length <= room ? Parts.Length : room - 1;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
