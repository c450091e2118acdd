using Feedback.Analytics.Periods;
using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.CaseFigures;

/// <summary>The endpoint that reads figures of cases.</summary>
internal static class CaseFigureEndpoints
{
    public static void MapCaseFigures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/case-figures", (HttpContext http, AccessCheck access, CaseFigureReader figures) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var (query, refusal) = SatisfactionQuery.Read(http.Request.Query);
                if (query is null)
                    throw new RefusedException(refusal!);
                // Cases are counted by day.
                if (query.Unit == PeriodUnit.Hour)
                    throw new RefusedException(new Refusal("unit-not-hours", "by"));
                var node = await ReadEndpoints.FindAsync(access, query.Node, scope);
                var flows = await figures.FlowsAsync(node.Id, query.Period.From, query.Period.To, http.RequestAborted);
                return Results.Json(CaseFigureReport.Of(node, access.ViewOf(scope), query, flows), ApiJson.Options);
            }))
            .Demands(Permission.ReadFigures).WithName("case-figures").WithTags("Cases")
            .WithSummary("Figures of cases of a node and everything below it in a period of local days: from inclusive, to exclusive.")
            .WithDescription("Every rate shows both its counts and is null where the denominator is 0. Claimed and confirmed resolution stand side by side; the unreachable, "
                + "the excluded and what could not be judged are told apart. Durations are in whole minutes, each quantile as the bucket in which it lies.")
            .WithQuery("node", "The node's id or path.")
            .WithQuery("from", "The first local day, such as 2026-11-01.")
            .WithQuery("to", "The local day after the last.")
            .WithQuery("by", "day, week, month, quarter, year or total; total when left out.", required: false)
            .WithQuery("children", "true: the nodes directly below, too.", required: false)
            .Produces<CaseFigureReport>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
}
