using Feedback.Api.Access;
using Feedback.Api.Charts;
using Feedback.Api.Live;
using Feedback.Api.Problems;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Api;

/// <summary>The endpoints that read figures.</summary>
internal static class ReadEndpoints
{
    public static void MapReads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/nodes", (HttpContext http, AccessCheck access) =>
                ForReaderAsync(http, scope =>
                {
                    var view = access.ViewOf(scope);
                    var nodes = view.Nodes.Select(node => NodeView.Of(node, view)).ToList();
                    return Task.FromResult<IResult>(Results.Json(new NodeList(nodes), ApiJson.Options));
                }))
            .Demands(Permission.ReadFigures).WithName("nodes").WithTags("Read").WithSummary("Every node within the reader's scope.")
            .Produces<NodeList>();

        routes.MapGet("/api/v1/satisfaction", (HttpContext http, AccessCheck access, NodeFigures figures) =>
                ForReaderAsync(http, async scope =>
                {
                    var (query, refusal) = SatisfactionQuery.Read(http.Request.Query);
                    if (query is null)
                        throw new Intake.RefusedException(refusal!);
                    var node = await FindAsync(access, query.Node, scope);
                    var days = await figures.GetAsync(node, query.Period.From, query.Period.To, query.Children);
                    return Results.Json(SatisfactionReport.Of(node, access.ViewOf(scope), query, days), ApiJson.Options);
                }))
            .Demands(Permission.ReadFigures).WithName("satisfaction").WithTags("Read")
            .WithSummary("Satisfaction of a node in a period of local days: from inclusive, to exclusive.")
            .WithDescription("Rates are over active evaluations and show their denominator.")
            .WithQuery("node", "The node's id or path.")
            .WithQuery("from", "The first local day, such as 2026-11-01.")
            .WithQuery("to", "The local day after the last.")
            .WithQuery("by", "hour, day, week, month, quarter, year or total; total when left out. hour sums the local hours of all days and counts active grades.", required: false)
            .WithQuery("children", "true: the nodes directly below, too.", required: false)
            .Produces<SatisfactionReport>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);

        routes.MapGet("/api/v1/live", (HttpContext http, AccessCheck access, Callers callers, LiveFeed feed) =>
                ForReaderAsync(http, async scope =>
                {
                    var node = await FindAsync(access, http.Request.Query["node"].ToString(), scope);
                    await LiveEndpoint.StreamAsync(http, feed, node, scope, ApiJson.Options, MayStayAsync);
                    return Results.Empty;

                    // Tokens are revoked, accounts disabled, and nodes moved out of a scope while somebody looks on.
                    async Task<bool> MayStayAsync() =>
                        await callers.IsStillGoodAsync(http, http.GetCaller()) && await access.FindAsync(node.Id.Value, scope) is not null;
                }))
            .Demands(Permission.ReadFigures).WithName("live").WithTags("Read").WithSummary("A node's figures as server-sent events, resumable by Last-Event-ID.")
            .WithQuery("node", "The node's id or path.")
            .Produces<LiveFigures>(200, "text/event-stream").ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);

        routes.MapCharts();
    }

    internal static async Task<Node> FindAsync(AccessCheck access, string idOrPath, NodeScope scope) =>
        idOrPath.Length == 0 ? throw new Intake.RefusedException(new Refusal("member-missing", "node")) : await access.FindAsync(idOrPath, scope) ?? throw new Intake.RefusedException(new Refusal("node-unknown", "node", idOrPath));

    internal static Task ForReaderAsync(HttpContext http, Func<NodeScope, Task<IResult>> read) => ForAnybodyAsync(http, () => read(http.GetCaller().ScopeHere));

    // Where an endpoint is open there is no scope to look in.
    internal static async Task ForAnybodyAsync(HttpContext http, Func<Task<IResult>> read)
    {
        try
        {
            await (await read()).ExecuteAsync(http);
        }
        catch (Intake.RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }
}

/// <summary>The nodes within a token's scope.</summary>
/// <param name="Nodes">The nodes in the order in which they were opened.</param>
public sealed record NodeList(IReadOnlyList<NodeView> Nodes);

/// <summary>A node with its place.</summary>
/// <param name="Id">The immutable id.</param>
/// <param name="Kind">region, district, unit, hall, team or window.</param>
/// <param name="Parent">The parent's id; null at a root, and at the node of the reader's scope.</param>
/// <param name="Path">The path as it is written today, from the node of the reader's scope on.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="TimeZone">The zone of its local days.</param>
/// <param name="OpeningHours">Opening hours as people write them, or null.</param>
public sealed record NodeView(string Id, string Kind, string? Parent, string Path, string Zh, string En, string TimeZone, string? OpeningHours)
{
    internal static NodeView Of(Node node, ReaderView view) => new(
        node.Id.Value, node.Kind.Word(), view.ParentOf(node)?.Value, view.PathOf(node),
        node.Name.Zh, node.Name.En, node.Zone.Id, node.OpeningHours);
}
