using Feedback.Analytics.Cases;
using Feedback.Api.CaseFigures;
using Feedback.Charts.Cases;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;

namespace Feedback.Api.Charts;

/// <summary>Makes the charts of cases.</summary>
internal static class CaseModels
{
    // Category codes have no such letter, so that no kind is taken for a category.
    private const string KindMark = "#";

    /// <summary>How long the cases received in the period took, by category; those without one by what they are about.</summary>
    public static ClosingTimeChartModel ClosingTimes(ChartData data)
    {
        var spans = data.Cases.Lives.Select(life => new CaseSpan(life.Category ?? KindMark + life.Kind.Word(), life.OpenedAt, life.ClosedAt)).ToList();
        return new ClosingTimeChartModel(
            data.Title("closing-time"), data.Words.Span(data.Period), ClosingTime.OfAll(spans),
            ClosingTime.ByCategory(spans).Select(time => new ClosingTimeRow(NameOf(time.Category!, data), time)), data.Words);
    }

    /// <summary>Cases opened and closed in each step of the period, and how many were open at its end. A merged case goes on as another and is open no longer.</summary>
    public static CaseFlowChartModel Flow(ChartData data)
    {
        var (open, coming) = (new Dictionary<NodeId, long>(), new Queue<CaseFlow>(data.Cases.Flows.OrderBy(flow => flow.Day)));
        var steps = data.Period.Split(data.Unit).Select(slice =>
        {
            for (; coming.TryPeek(out var flow) && flow.Day < slice.End; coming.Dequeue())
                open[flow.Node] = open.GetValueOrDefault(flow.Node) + (Moved([flow]) is var (more, less) ? more - less : 0);
            var (opened, closed) = Moved(data.Cases.Flows.Where(flow => flow.Day >= slice.Start && flow.Day < slice.End && data.Cases.IsThere(flow.Node, flow.Day)));
            return new CaseDay(slice.Start, opened, closed, open.Where(node => data.Cases.IsThere(node.Key, slice.End.AddDays(-1))).Sum(node => node.Value));
        });
        return new CaseFlowChartModel(data.Title("case-flow"), data.Words.Span(data.Period), steps.ToList(), data.UnitName, data.Words);
    }

    private static (long Opened, long Closed) Moved(IEnumerable<CaseFlow> flows)
    {
        var counts = CaseFigureReader.Sum(flows);
        long Of(string code) => Enum.GetValues<CaseKind>().Sum(kind => counts[CaseCodes.Of(code, kind)]);
        return (Of(CaseCodes.Opened), Of(CaseCodes.Closed) + Of(CaseCodes.Merged));
    }

    private static string NameOf(string category, ChartData data) =>
        category.StartsWith(KindMark, StringComparison.Ordinal) ? data.Words["case-" + category[KindMark.Length..]] : data.NameOfCategory(category);
}
