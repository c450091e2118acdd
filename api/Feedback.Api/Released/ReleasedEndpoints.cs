using Feedback.Analytics.Periods;
using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Api.Released;

/// <summary>The endpoints that tell the rated, and if the bureau wants it everybody, what is released.</summary>
public static class ReleasedEndpoints
{
    private const string Explanation =
        "Active ratings in chunks of five per window, in the order in which they came. Halls and above are live; windows and teams show what was complete before today, and something new on working days only.";

    internal static void MapReleased(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/released", (HttpContext http, AccessCheck access, ReleasedReader reader) =>
                ReadEndpoints.ForReaderAsync(http, scope => AnswerAsync(http, access, reader, scope)))
            .Demands(Permission.ReadReleased).WithName("released").Describe("What the rated are told of a node in a period of local days: from inclusive, to exclusive.")
            .ProducesProblem(401);

    /// <summary>Maps the figures that everybody may read; a bureau decides whether it wants that.</summary>
    public static void MapPublicFigures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/public/figures", async (HttpContext http, AccessCheck access, ReleasedReader reader) =>
            {
                try
                {
                    await (await AnswerAsync(http, access, reader, NodeScope.Everywhere)).ExecuteAsync(http);
                }
                catch (Intake.RefusedException e)
                {
                    await Problems.Problem.WriteAsync(http, e.Refusal);
                }
            })
            .IsOpen("The bureau publishes what is released: sums of chunks of five ratings, from which nothing about fewer people can be computed.")
            .WithName("public-figures").Describe("What everybody is told of a node in a period of local days: from inclusive, to exclusive.");

    private static async Task<IResult> AnswerAsync(HttpContext http, AccessCheck access, ReleasedReader reader, NodeScope scope)
    {
        var (query, refusal) = SatisfactionQuery.Read(http.Request.Query);
        if (query is null)
            throw new Intake.RefusedException(refusal!);
        if (query.Unit is not (PeriodUnit.Day or PeriodUnit.Week or PeriodUnit.Month or PeriodUnit.Total))
            throw new Intake.RefusedException(new Refusal("unit-not-released", "by", SatisfactionQuery.WordOf(query.Unit)));
        return Results.Json(await reader.ReportAsync(await ReadEndpoints.FindAsync(access, query.Node, scope), scope, query), ApiJson.Options);
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string summary) => route
        .WithTags("Read").WithSummary(summary).WithDescription(Explanation)
        .WithQuery("node", "The node's id or path.")
        .WithQuery("from", "The first local day, such as 2026-11-01.")
        .WithQuery("to", "The local day after the last.")
        .WithQuery("by", "day, week, month or total; total when left out.", required: false)
        .Produces<ReleasedReport>().ProducesProblem(400).ProducesProblem(404);
}
