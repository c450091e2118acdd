using System.Collections.Immutable;
using System.Globalization;
using Feedback.Analytics.Rates;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Text;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Volumes;

/// <summary>How many evaluations came, by origin, and how many matters were finished: a column per step of time.</summary>
public sealed class VolumeChartModel : ChartModel
{
    private static readonly string[] Origins = ["active", "default", "callback", "declined"];

    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="steps">The steps in order, empty ones too.</param>
    /// <param name="response">Rated matters of finished ones over the whole period.</param>
    /// <param name="axis">The name of the steps.</param>
    /// <param name="words">The language.</param>
    public VolumeChartModel(string title, string subtitle, IEnumerable<VolumeStep> steps, Proportion response, string axis, ChartWords words)
        : this(title, subtitle, [.. steps], response, axis, words)
    {
    }

    private VolumeChartModel(string title, string subtitle, ImmutableArray<VolumeStep> steps, Proportion response, string axis, ChartWords words)
        : base(title, subtitle, DenominatorOf(steps, response, words))
    {
        Steps = steps;
        Axis = axis;
        Words = words;
        Shown = [.. Enumerable.Range(0, 4).Where(origin => origin == 0 || steps.Any(step => step[origin] > 0))];
        HasMatters = steps.Any(step => step.Matters > 0);
    }

    /// <summary>The steps in order.</summary>
    public ImmutableArray<VolumeStep> Steps { get; }

    /// <summary>The name of the steps.</summary>
    public string Axis { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <summary>The origins that occur, active always among them.</summary>
    internal ImmutableArray<int> Shown { get; }

    /// <summary>Whether any matter was finished: where no business system tells of them, nothing is said of them.</summary>
    internal bool HasMatters { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Axis, .. Origins.Select(origin => Words["origin-" + origin]), Words["column-matters"]],
        [
            .. Steps.Select(step => (IReadOnlyList<string>)[
                step.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. Enumerable.Range(0, 4).Select(origin => Number(step[origin])), Number(step.Matters)]),
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => HasMatters || Steps.Any(step => step.Evaluations > 0);

    internal override string NoData => Words["no-volume"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        .. Shown.Select(origin => new LegendEntry(Words["origin-" + Origins[origin]], (canvas, box) => VolumePlot.Fill(canvas, box, origin, palette))),
        .. HasMatters ? [new LegendEntry(Words["column-matters"], (canvas, box) => VolumePlot.DrawMatters(canvas, box, palette))] : (LegendEntry[])[],
    ];

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) => VolumePlot.Draw(canvas, this, area, palette);

    private static string DenominatorOf(ImmutableArray<VolumeStep> steps, Proportion response, ChartWords words)
    {
        var active = words.Say("denominator", steps.Sum(step => step.Active));
        return steps.Sum(step => step.Matters) is > 0 and var matters
            ? $"{active} · {words.Say("denominator-matters", matters)} · {words.Say("response", RateText.Of(response))}"
            : active;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
