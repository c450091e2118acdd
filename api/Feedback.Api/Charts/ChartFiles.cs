using System.Collections.Immutable;
using Feedback.Analytics.Periods;
using Feedback.Api.CaseFigures;
using Feedback.Api.Satisfaction;
using Feedback.Charts;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;

namespace Feedback.Api.Charts;

/// <summary>Makes the files of charts, or finds the one it made before.</summary>
internal sealed class ChartFiles(NodeFigures figures, CaseFigureReader caseFigures, IBureau bureau, ChartCache cache, ChartDrawing drawing, TimeProvider clock)
{
    private static readonly NodeDays None = new(default, [], ImmutableDictionary<NodeId, ImmutableArray<DayTally>>.Empty);

    /// <summary>The file that shows a node's figures as they stand, and the period that it shows.</summary>
    public async Task<(ChartFile File, Period Period)> GetAsync(ChartQuery query, Node node, IQueryCollection members)
    {
        var now = clock.GetUtcNow();
        var period = ChartQuery.PeriodOf(members, node, now);
        var (last, today) = (period.To.AddDays(-1), node.Zone.LocalTime(now.ToUnixTimeMilliseconds()).Day);
        var asOf = last < today ? last : today;
        // Names first and the mark before the days: what is drawn may then be newer than its version says, never older.
        var names = bureau.Current;
        // Cases are rare beside evaluations: they are read each time, and what was drawn of the same figures is not drawn again.
        var cases = query.Chart.OfCases is { } source ? await CaseChartData.ReadAsync(source, node.Id, period, caseFigures) : null;
        var mark = cases is null ? await figures.GetMarkAsync(node, period.From, period.To) : $"{names.Policies.Version}.{cases.Mark()}";
        var version = $"{names.Tree.Version}.{names.Catalogue.Version}.{asOf.DayNumber}.{mark}";
        var file = await cache.GetAsync(new ChartKey(query, node.Id, period), version, async () =>
        {
            var days = cases is null ? await figures.GetAsync(node, period.From, period.To, query.Chart.Children) : None;
            var data = new ChartData(node, period, query.Words, names, days, asOf) { Cases = cases ?? CaseChartData.None };
            return await drawing.DrawAsync(query.Chart.Name, query.Format.ToString().ToLowerInvariant(), () => Make(query, query.Chart.Model(data)));
        });
        return (file, period);
    }

    private static byte[] Make(ChartQuery query, ChartModel model) => query.Format switch
    {
        ChartFormat.Png => ChartPicture.Png(model, query.Size, query.Theme),
        ChartFormat.Svg => ChartPicture.Svg(model, query.Size, query.Theme),
        _ => model.Table.Csv(),
    };
}
