using Feedback.Charts;
using Feedback.Charts.Words;

namespace Feedback.Api.Charts;

/// <summary>The charts there are.</summary>
/// <param name="Charts">One after the other, as a page would show them.</param>
/// <param name="Formats">The file formats of each: <c>/api/v1/charts/{name}.{format}</c>.</param>
public sealed record ChartList(IReadOnlyList<ChartDescription> Charts, IReadOnlyList<string> Formats)
{
    /// <summary>The parameters of every chart.</summary>
    internal static readonly IReadOnlyList<ChartParameter> Parameters =
    [
        new("node", "节点的编号或路径。", "The node's id or path.", null),
        new("from", "第一个当地日期，例如 2026-11-01；缺省为“to”之前 30 天。", "The first local day, such as 2026-11-01; 30 days before 'to' when left out.", "to - 30 days"),
        new("to", "最后一个当地日期的次日；缺省为明天，即截至今天。", "The local day after the last; tomorrow when left out, so that today is the last.", "tomorrow"),
        new("lang", "zh 或 en；缺省按 Accept-Language。", "zh or en; by Accept-Language when left out.", "Accept-Language"),
        new("theme", "light（浅色）或 dark（深色）。", "light or dark.", "light"),
        new("width", $"宽度，{ChartSize.LeastWidth} 至 {ChartSize.MostWidth} 点。", $"Width in points, {ChartSize.LeastWidth} to {ChartSize.MostWidth}.", "800"),
        new("height", $"高度，{ChartSize.LeastHeight} 至 {ChartSize.MostHeight} 点。", $"Height in points, {ChartSize.LeastHeight} to {ChartSize.MostHeight}.", "450"),
    ];

    /// <summary>Every chart there is.</summary>
    public static ChartList Everything { get; } = new(
        [.. ChartKind.All.Select(kind => new ChartDescription(kind.Name, ChartWords.Chinese["chart-" + kind.Name], ChartWords.English["chart-" + kind.Name], Parameters))],
        ["png", "svg", "csv"]);

    /// <summary>Those that show evaluations, in their order.</summary>
    public static IReadOnlyList<ChartDescription> OfEvaluations { get; } = [.. Everything.Charts.Where(chart => ChartKind.Find(chart.Name)!.OfCases is null)];

    /// <summary>Those that show cases, in their order.</summary>
    public static IReadOnlyList<ChartDescription> OfCases { get; } = [.. Everything.Charts.Except(OfEvaluations)];
}

/// <summary>One chart.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Zh">Its Chinese title.</param>
/// <param name="En">Its English title.</param>
/// <param name="Parameters">What may be asked for.</param>
public sealed record ChartDescription(string Name, string Zh, string En, IReadOnlyList<ChartParameter> Parameters);

/// <summary>A parameter of a chart, a member of the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Zh">What it means, in Chinese.</param>
/// <param name="En">What it means, in English.</param>
/// <param name="Default">What it is when left out; null where it must be given.</param>
public sealed record ChartParameter(string Name, string Zh, string En, string? Default);
