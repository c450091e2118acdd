using Feedback.Api.Satisfaction;
using Feedback.Charts.Grades;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Api.Charts;

/// <summary>Makes the chart of grades by place.</summary>
internal static class GradeModels
{
    /// <summary>The node and every place below it that counted in the period, or is there at its end, as far as that has come.</summary>
    public static GradeChartModel Of(ChartData data)
    {
        var tree = data.Bureau.Tree;
        var below = tree.ChildrenOn(data.Node.Id, data.AsOf).Select(node => node.Id)
            .Union(data.Days.Children.Where(child => child.Value.Length > 0).Select(child => child.Key));
        var parts = below.Select(tree.Find).OfType<Domain.Organisation.Node>().Select(node => new GradeRow(
            data.NameOf(node), Counts(NodeFigures.Sum(data.Days.Children.GetValueOrDefault(node.Id, [])))));
        return new GradeChartModel(
            data.Title("grades"), data.Words.Span(data.Period), Counts(NodeFigures.Sum(data.Days.Days)), parts, data.Words);
    }

    private static Analytics.Grades.GradeCounts Counts(Tally tally) => SliceFigures.Counts(tally, Origin.Active);
}
