using Feedback.Analytics.Periods;
using Feedback.Analytics.Release;
using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;

namespace Feedback.Api.Released;

/// <summary>Reads what the public and the rated may see of nodes now. Nothing that is told to them comes from anywhere else.</summary>
public sealed class ReleasedReader(NodeFigures figures, IBureau bureau, TimeProvider clock)
{
    /// <summary>The organisation as it is known now.</summary>
    internal OrganisationTree Tree => bureau.Current.Tree;

    /// <summary>The node's local day.</summary>
    public DateOnly TodayAt(Node node) => node.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day;

    /// <summary>The day before which released ratings of a node are seen today; null where they are live.</summary>
    public DateOnly? ShownBefore(Node node) => ReleaseRule.ShownBefore(bureau.Current.Tree, bureau.Current.Policies.Calendar, node, TodayAt(node));

    /// <summary>The figures of a node, slice by slice.</summary>
    public async Task<IReadOnlyList<ReleasedSlice>> SlicesAsync(Node node, Period period, PeriodUnit unit)
    {
        var (before, days) = (ShownBefore(node), await DaysAsync(node, period.From, period.To));
        return [.. period.Split(unit).Select(slice => ReleasedSlice.Of(slice.Label, slice.Start, slice.End, ReleasedFigures.Of(days, slice.Start, slice.End, before)))];
    }

    /// <summary>The figures of a node's local day, and of the month in which it lies.</summary>
    public async Task<(ReleasedSlice Today, ReleasedSlice Month)> NowAsync(Node node)
    {
        var today = TodayAt(node);
        var month = TallyKey.MonthOf(today);
        var (before, days) = (ShownBefore(node), await DaysAsync(node, month, month.AddMonths(1)));
        return (Slice(today.ToString("O"), today, today.AddDays(1)), Slice(month.ToString("yyyy-MM"), month, month.AddMonths(1)));

        ReleasedSlice Slice(string label, DateOnly from, DateOnly to) => ReleasedSlice.Of(label, from, to, ReleasedFigures.Of(days, from, to, before));
    }

    /// <summary>Reads what is asked for, as a report.</summary>
    internal async Task<ReleasedReport> ReportAsync(Node node, NodeScope scope, SatisfactionQuery query) => new(
        LabelOf(node, scope), node.Zone.Id, query.Period.From, query.Period.To, SatisfactionQuery.WordOf(query.Unit), ShownBefore(node),
        await SlicesAsync(node, query.Period, query.Unit));

    /// <summary>A node as somebody sees it who sees no more than a scope.</summary>
    internal NodeLabel LabelOf(Node node, NodeScope scope) => NodeLabel.Of(node, new ReaderView(bureau.Current.Tree, scope, clock.GetUtcNow()));

    private async Task<List<(DateOnly Day, Tally Tally)>> DaysAsync(Node node, DateOnly from, DateOnly to) =>
        [.. (await figures.GetAsync(node, from, to)).Days.Select(day => (day.Day, day.Tally))];
}
