using System.Globalization;
using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Hours;

/// <summary>
/// When citizens rate: active evaluations by weekday and local hour, summed over the days of the period. The darker, the
/// more; a mark tells hours whose satisfaction rate is surely below the rate of all.
/// </summary>
public sealed class HourChartModel : ChartModel
{
    private readonly GradeCounts[] counts;

    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="counts">Active grades by weekday, Monday first, then hour 0 … 23: 7 × 24.</param>
    /// <param name="unknown">Active evaluations whose source knew only the day.</param>
    /// <param name="words">The language.</param>
    /// <exception cref="ArgumentException">There are not 7 × 24 counts.</exception>
    public HourChartModel(string title, string subtitle, IEnumerable<GradeCounts> counts, long unknown, ChartWords words)
        : this(title, subtitle, [.. counts], unknown, words)
    {
    }

    private HourChartModel(string title, string subtitle, GradeCounts[] counts, long unknown, ChartWords words)
        : base(title, subtitle, words.Say("denominator", counts.Sum(cell => cell.Total) + unknown))
    {
        if (counts.Length != 7 * 24)
            throw new ArgumentException("A week has 7 × 24 hours.", nameof(counts));
        this.counts = counts;
        Unknown = unknown;
        Words = words;
        var busy = Enumerable.Range(0, 24).Where(hour => Enumerable.Range(0, 7).Any(day => this[day, hour].Total > 0)).DefaultIfEmpty(12).ToList();
        // Never fewer than eight hours, so that one evaluation does not fill the picture.
        (FirstHour, LastHour) = (busy[0], busy[^1]);
        while (LastHour - FirstHour < 7)
            (FirstHour, LastHour) = (Math.Max(0, FirstHour - 1), Math.Min(23, LastHour + 1));
        Whole = SatisfactionRate.Of(counts.Aggregate(default(GradeCounts), (sum, cell) => sum + cell));
    }

    /// <summary>Active grades of a weekday, 0 (Monday) … 6, in an hour, 0 … 23.</summary>
    public GradeCounts this[int weekday, int hour] => counts[24 * weekday + hour];

    /// <summary>Active evaluations whose source knew only the day.</summary>
    public long Unknown { get; }

    /// <summary>The first hour shown, 0 … 16.</summary>
    public int FirstHour { get; }

    /// <summary>The last hour shown, 7 … 23.</summary>
    public int LastHour { get; }

    /// <summary>The satisfaction rate over all hours.</summary>
    public Proportion Whole { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <summary>The busiest cell's active evaluations.</summary>
    internal long Most => counts.Max(cell => cell.Total);

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Words["column-weekday"], Words["column-hour"], Words["column-good"], Words["column-ratings"], Words["column-rate"], Words["column-low"]],
        [
            .. from weekday in Enumerable.Range(0, 7)
               from hour in Enumerable.Range(FirstHour, LastHour - FirstHour + 1)
               let rate = SatisfactionRate.Of(this[weekday, hour])
               select (IReadOnlyList<string>)[
                   Words["weekday" + weekday], hour.ToString("00", CultureInfo.InvariantCulture) + ":00", Number(rate.Successes), Number(rate.Trials),
                   RateText.Number(rate), IsLow(weekday, hour) ? Words["low"] : ""],
            .. Unknown == 0 ? [] : (IReadOnlyList<string>[])[["", Words["hour-unknown"], "", Number(Unknown), "", ""]],
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => Whole.Trials > 0;

    internal override string NoData => Unknown > 0 ? Words["no-hours"] : Words["no-data"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        new(Words.Say("legend-ramp", Most), (canvas, box) => HourPlot.DrawRamp(canvas, box, palette)),
        new(Words.Say("legend-low", RateText.Of(Whole)), (canvas, box) =>
        {
            using var cell = new SKPaint { Color = palette.Empty };
            canvas.DrawRect(box, cell);
            HourPlot.DrawMark(canvas, box, palette.Ink);
        }),
    ];

    internal override string Remark(SKRect area) => Unknown == 0 ? "" : Words.Say("remark-unknown-hour", Unknown);

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) => HourPlot.Draw(canvas, this, area, palette);

    /// <summary>Whether the rate of a cell is surely below the rate of all: by the three-sigma limit of a p-chart, from 10 evaluations on.</summary>
    internal bool IsLow(int weekday, int hour) => LowRate.Is(SatisfactionRate.Of(this[weekday, hour]), Whole);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
