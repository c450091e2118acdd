using Feedback.Api.Access;
using Feedback.Api.Live;
using Feedback.Api.Satisfaction;
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
        app.MapGet("/nodes", (HttpContext http, AccessCheck access, IBureau bureau, LiveFeed feed, IAntiforgery forms) =>
            Pages.ForReaderAsync(http, access, reader => Task.FromResult(Start(http, reader, bureau, forms)))).ExcludeFromDescription();

        app.MapGet("/nodes/{node}.csv", (string node, HttpContext http, AccessCheck access, NodeSources sources) =>
            Pages.ForReaderAsync(http, access, reader => WithNodeAsync(http, access, node, reader, async found =>
            {
                var model = await sources.GatherAsync(found, reader, http.Request.Query);
                http.SetPageHeaders();
                var name = FormattableString.Invariant($"{found.Id}-{model.Period.Shown.From:yyyy-MM-dd}-{model.Period.Last:yyyy-MM-dd}.csv");
                return Results.File(NodeCsv.Of(model, PageWords.For(http.Request)), "text/csv; charset=utf-8", name);
            }))).ExcludeFromDescription();

        app.MapGet("/nodes/{node}", (string node, HttpContext http, AccessCheck access, NodeSources sources, IAntiforgery forms) =>
            Pages.ForReaderAsync(http, access, reader => WithNodeAsync(http, access, node, reader, async found =>
            {
                var parameters = Pages.FrameFor(http, reader, forms);
                parameters["Model"] = await sources.GatherAsync(found, reader, http.Request.Query);
                return http.Page<NodePage>(StatusCodes.Status200OK, parameters);
            }))).ExcludeFromDescription();
    }

    // A reader with one place to begin at need not choose.
    private static IResult Start(HttpContext http, Reader reader, IBureau bureau, IAntiforgery forms)
    {
        var tree = bureau.Current.Tree;
        var tops = reader.Scope is { } scope
            ? tree.Nodes.Where(node => node.Id == scope).ToList()
            : [.. tree.Nodes.Where(node => node.ParentOn(DateOnly.MaxValue) is null)];
        if (tops is [var only])
            return Results.LocalRedirect("/nodes/" + only.Id);
        var parameters = Pages.FrameFor(http, reader, forms);
        parameters["Tops"] = tops;
        return http.Page<StartPage>(StatusCodes.Status200OK, parameters);
    }

    private static async Task<IResult> WithNodeAsync(HttpContext http, AccessCheck access, string idOrPath, Reader reader, Func<Node, Task<IResult>> answer) =>
        await access.FindAsync(idOrPath, reader) is { } node ? await answer(node) : http.Message(StatusCodes.Status404NotFound, "notFound");
}

/// <summary>Where the figures of a page come from.</summary>
internal sealed class NodeSources(NodeFigures figures, LiveFeed feed, IBureau bureau)
{
    public Task<NodeModel> GatherAsync(Node node, Reader reader, IQueryCollection query) =>
        NodeModel.GatherAsync(node, reader, query, figures, feed, bureau);
}
