using System.Collections.Immutable;
using System.Globalization;
using Feedback.Analytics.Cases;
using Feedback.Charts.Files;
using Feedback.Charts.Frames;
using Feedback.Charts.Words;
using SkiaSharp;

namespace Feedback.Charts.Cases;

/// <summary>How many cases were opened and closed in each step of time, and how many were open at its end.</summary>
public sealed class CaseFlowChartModel : ChartModel
{
    /// <summary>Makes the model.</summary>
    /// <param name="title">What is shown, and where.</param>
    /// <param name="subtitle">The period in words.</param>
    /// <param name="steps">The steps in order, empty ones too.</param>
    /// <param name="axis">The name of the steps.</param>
    /// <param name="words">The language.</param>
    public CaseFlowChartModel(string title, string subtitle, IEnumerable<CaseDay> steps, string axis, ChartWords words)
        : this(title, subtitle, [.. steps], axis, words)
    {
    }

    private CaseFlowChartModel(string title, string subtitle, ImmutableArray<CaseDay> steps, string axis, ChartWords words)
        : base(title, subtitle, words.Say("denominator-flows", steps.Sum(step => step.Opened), steps.Sum(step => step.Closed)))
    {
        Steps = steps;
        Axis = axis;
        Words = words;
    }

    /// <summary>The steps in order.</summary>
    public ImmutableArray<CaseDay> Steps { get; }

    /// <summary>The name of the steps.</summary>
    public string Axis { get; }

    /// <summary>The language.</summary>
    public ChartWords Words { get; }

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [Axis, Words["opened"], Words["closed"], Words["open-at-end"]],
        [
            .. Steps.Select(step => (IReadOnlyList<string>)[
                step.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Number(step.Opened), Number(step.Closed), Number(step.Open)]),
        ]);

    internal override string Language => Words.Language;

    internal override bool HasData => Steps.Any(step => step is not { Opened: 0, Closed: 0, Open: 0 });

    internal override string NoData => Words["no-cases"];

    internal override IReadOnlyList<LegendEntry> Legend(ChartPalette palette) =>
    [
        new(Words["opened"], (canvas, box) => CaseFlowPlot.Fill(canvas, box, closed: false, palette)),
        new(Words["closed"], (canvas, box) => CaseFlowPlot.Fill(canvas, box, closed: true, palette)),
        new(Words["open-at-end"], (canvas, box) => CaseFlowPlot.DrawOpen(canvas, [new(box.Left, box.MidY), new(box.Right, box.MidY)], palette)),
    ];

    internal override void Draw(SKCanvas canvas, SKRect area, ChartPalette palette) => CaseFlowPlot.Draw(canvas, this, area, palette);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
