using Feedback.Charts;

namespace Feedback.Api.Charts;

/// <summary>One of the charts there are.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Children">Whether it needs the figures of the nodes directly below.</param>
/// <param name="Model">Makes its model.</param>
/// <param name="OfCases">Which of the figures of cases it needs; null for a chart of evaluations.</param>
internal sealed record ChartKind(string Name, bool Children, Func<ChartData, ChartModel> Model, CaseSource? OfCases = null)
{
    /// <summary>All charts, in the order in which a page would show them.</summary>
    public static readonly IReadOnlyList<ChartKind> All =
    [
        new("grades", true, GradeModels.Of),
        new("trend", false, TrendModels.Of),
        new("dimensions", false, DimensionModels.Of),
        new("hours", false, HourModels.Of),
        new("volume", false, VolumeModels.Of),
        new("closing-time", false, CaseModels.ClosingTimes, CaseSource.Lives),
        new("case-flow", false, CaseModels.Flow, CaseSource.Flows),
    ];

    /// <summary>Finds a chart by its name; null when there is none.</summary>
    public static ChartKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
