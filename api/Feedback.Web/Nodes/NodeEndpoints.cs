using Feedback.Api.Access;
using Feedback.Api.CaseFigures;
using Feedback.Api.Live;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Nodes;

/// <summary>The pages of the organisation: where a reader's places begin, each place, and its figures as CSV.</summary>
internal static class NodeEndpoints
{
    public static void MapNodes(this IEndpointRouteBuilder app)
    {
        // Everybody who signs in begins here; who may read no figures is led on.
        app.MapGet("/nodes", Start).PageDemands(Permission.OwnAccount).ExcludeFromDescription();

        app.MapGet("/nodes/{node}.csv", (string node, HttpContext http, AccessCheck access, NodeSources sources) =>
            WithNodeAsync(http, access, node, async (found, scope) =>
            {
                var model = await sources.GatherAsync(found, scope, http.Request.Query);
                http.SetPageHeaders();
                var name = FormattableString.Invariant($"{found.Id}-{model.Period.Shown.From:yyyy-MM-dd}-{model.Period.Last:yyyy-MM-dd}.csv");
                return Results.File(NodeCsv.Of(model, PageWords.For(http.Request)), "text/csv; charset=utf-8", name);
            })).PageDemands(Permission.ReadFigures).ExcludeFromDescription();

        app.MapGet("/nodes/{node}/cases", (string node, HttpContext http, AccessCheck access, CaseFigureReader figures, LiveFeed feed, IAntiforgery forms) =>
            WithNodeAsync(http, access, node, async (found, _) =>
            {
                var parameters = Pages.FrameFor(http, forms);
                parameters["Model"] = await CaseFiguresModel.GatherAsync(found, http.Request.Query, figures, feed);
                return http.Page<CaseFiguresPage>(StatusCodes.Status200OK, parameters);
            })).PageDemands(Permission.ReadFigures).ExcludeFromDescription();

        app.MapGet("/nodes/{node}", (string node, HttpContext http, AccessCheck access, NodeSources sources, IAntiforgery forms) =>
            WithNodeAsync(http, access, node, async (found, scope) =>
            {
                var parameters = Pages.FrameFor(http, forms);
                parameters["Model"] = await sources.GatherAsync(found, scope, http.Request.Query);
                parameters["MayReadEvaluations"] = access.ViewOf(http.GetCaller().Caller.ScopeOf(Permission.ReadEvaluations)).Sees(found);
                return http.Page<NodePage>(StatusCodes.Status200OK, parameters);
            })).PageDemands(Permission.ReadFigures).ExcludeFromDescription();
    }

    // A reader with one place to begin at need not choose.
    private static IResult Start(HttpContext http, AccessCheck access, IAntiforgery forms)
    {
        var caller = http.GetCaller().Caller;
        if (caller.ScopeOf(Permission.ReadFigures).IsNowhere)
            return Results.LocalRedirect(caller.Account is { } account ? FrameLinks.StartOf(account) : "/released");
        var view = access.ViewOf(caller.ScopeOf(Permission.ReadFigures));
        // A bureau without an organisation goes on where its set-up stopped.
        if (view.Tree.Count == 0 && caller.ScopeOf(Permission.ManageRegisters).IsEverywhere)
            return Results.LocalRedirect("/setup");
        var tops = view.Tops.ToList();
        if (tops is [var only])
            return Results.LocalRedirect("/nodes/" + only.Id);
        var parameters = Pages.FrameFor(http, forms);
        parameters["Tops"] = tops;
        return http.Page<StartPage>(StatusCodes.Status200OK, parameters);
    }

    private static async Task<IResult> WithNodeAsync(HttpContext http, AccessCheck access, string idOrPath, Func<Node, NodeScope, Task<IResult>> answer)
    {
        var scope = http.GetCaller().ScopeHere;
        return await access.FindAsync(idOrPath, scope) is { } node ? await answer(node, scope) : http.Message(StatusCodes.Status404NotFound, "notFound");
    }
}

/// <summary>Where the figures of a page come from.</summary>
internal sealed class NodeSources(NodeFigures figures, LiveFeed feed, IBureau bureau)
{
    public Task<NodeModel> GatherAsync(Node node, NodeScope scope, IQueryCollection query) =>
        NodeModel.GatherAsync(node, scope, query, figures, feed, bureau);
}
