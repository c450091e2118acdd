using Feedback.Analytics.Rates;
using Feedback.Api.Access;
using Feedback.Api.CaseFigures;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Api.Matters.Services;

/// <summary>The figures of service matters at a node and below in a period of local days.</summary>
/// <param name="Node">The node.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Online">How many of these were applied for online.</param>
/// <param name="Completed">How many were completed, whenever they were accepted.</param>
/// <param name="Withdrawn">How many were taken back.</param>
/// <param name="Rates">two-visit: completed with two visits at most / completed; one-visit: with one; matter-on-time: completed in time / completed or overdue, of those with a limit.</param>
/// <param name="Accountable">What somebody will have to answer for, by reason.</param>
public sealed record ServiceMatterFiguresView(
    NodeLabel Node, DateOnly From, DateOnly To, long Accepted, long Online, long Completed, long Withdrawn,
    IReadOnlyDictionary<string, MatterRateView> Rates, IReadOnlyDictionary<string, long> Accountable)
{
    internal static ServiceMatterFiguresView Of(NodeLabel node, DateOnly from, DateOnly to, CaseCounts counts) => new(
        node, from, to, counts[MatterFlows.Accepted], counts[MatterFlows.Online], counts[MatterFlows.Completed], counts[MatterFlows.Withdrawn],
        MatterFlows.Rates.ToDictionary(rate => rate.Word, rate => MatterRateView.Of(rate.Of(counts))),
        MatterRules.Reasons.ToDictionary(reason => reason, reason => counts[MatterFlows.Accountable(reason)]));
}

/// <summary>A rate with its denominator and its 95 % interval (Wilson 1927).</summary>
/// <param name="Value">The share, 0 to 1; null where the denominator is 0.</param>
/// <param name="Numerator">The count above.</param>
/// <param name="Denominator">The count below.</param>
/// <param name="Low">The lower end of the interval; null where the denominator is 0.</param>
/// <param name="High">The upper end.</param>
public sealed record MatterRateView(double? Value, long Numerator, long Denominator, double? Low, double? High)
{
    internal static MatterRateView Of((long Numerator, long Denominator) counts)
    {
        var share = new Proportion(counts.Numerator, counts.Denominator);
        var interval = WilsonInterval.Of(share);
        return new MatterRateView(share.Value, counts.Numerator, counts.Denominator, interval?.Low, interval?.High);
    }
}

/// <summary>Reads figures of service matters. What happened below counts for the node that was above on that day.</summary>
internal sealed class ServiceMatterFigures(CaseFigureReader figures, AccessCheck access)
{
    /// <summary>The figures of the node and period in the query.</summary>
    /// <exception cref="RefusedException">Node or days cannot be taken.</exception>
    public async Task<IResult> ReadAsync(HttpContext http, NodeScope scope)
    {
        var (query, refusal) = SatisfactionQuery.Read(http.Request.Query);
        if (query is null)
            throw new RefusedException(refusal!);
        var node = await ReadEndpoints.FindAsync(access, query.Node, scope);
        var (from, to) = (query.Period.From, query.Period.To);
        var counts = CaseFigureReader.Sum(await figures.FlowsAsync(node.Id, from, to, http.RequestAborted));
        return Results.Json(ServiceMatterFiguresView.Of(NodeLabel.Of(node, access.ViewOf(scope)), from, to, counts), ApiJson.Options);
    }
}
