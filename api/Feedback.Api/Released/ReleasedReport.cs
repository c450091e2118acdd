using Feedback.Analytics.Release;
using Feedback.Api.Satisfaction;

namespace Feedback.Api.Released;

/// <summary>A mean score, with the scale it was reckoned on.</summary>
/// <param name="Value">The mean in points; null without ratings.</param>
/// <param name="Scale">What grades 5 to 1 are worth.</param>
public sealed record Mean(double? Value, string Scale);

/// <summary>What is told of a slice of time.</summary>
/// <param name="Period">The slice's label, such as 2026-11-23, 2026-W48, 2026-11 or total.</param>
/// <param name="From">The first local day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Ratings">Released active ratings: 0, or 5 and more.</param>
/// <param name="Rate">好评率: grades 3–5 of all.</param>
/// <param name="Mean">The mean score.</param>
public sealed record ReleasedSlice(string Period, DateOnly From, DateOnly To, long Ratings, Rate Rate, Mean Mean)
{
    /// <summary>Describes released figures.</summary>
    public static ReleasedSlice Of(string period, DateOnly from, DateOnly to, ReleasedFigures figures) =>
        new(period, from, to, figures.Ratings, Rate.Of(figures.Rate), new Mean(figures.Mean.Value, figures.Mean.Scale.Name));
}

/// <summary>What the public and the rated are told of a node in a period of its local days, from inclusive, to exclusive.</summary>
/// <param name="Node">The node.</param>
/// <param name="TimeZone">The zone of its local days.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="By">How the period is cut.</param>
/// <param name="ShownBefore">Ratings released on this local day and later are not shown yet; null where figures are live.</param>
/// <param name="Slices">The figures, slice by slice.</param>
public sealed record ReleasedReport(
    NodeLabel Node, string TimeZone, DateOnly From, DateOnly To, string By, DateOnly? ShownBefore, IReadOnlyList<ReleasedSlice> Slices);
