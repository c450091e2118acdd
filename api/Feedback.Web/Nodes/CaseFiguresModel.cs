using Feedback.Api.CaseFigures;
using Feedback.Api.Live;
using Feedback.Domain.Organisation;
using Feedback.Web.Periods;

namespace Feedback.Web.Nodes;

/// <summary>What the page of a node's cases shows.</summary>
/// <param name="Node">The node.</param>
/// <param name="Period">The period.</param>
/// <param name="Figures">The figures of the period.</param>
public sealed record CaseFiguresModel(Node Node, ShownPeriod Period, CaseSlice Figures)
{
    /// <summary>Counts what the page shows.</summary>
    public static async Task<CaseFiguresModel> GatherAsync(Node node, IQueryCollection query, CaseFigureReader figures, LiveFeed feed)
    {
        var period = ShownPeriod.Read(query, feed.TodayAt(node));
        var counts = CaseFigureReader.Sum(await figures.FlowsAsync(node.Id, period.Shown.From, period.Shown.To));
        return new CaseFiguresModel(node, period, CaseSlice.Of("total", period.Shown.From, period.Shown.To, counts));
    }

    /// <summary>How many cases were opened.</summary>
    public long Opened => Figures.Resolution.Claimed.Denominator;
}
