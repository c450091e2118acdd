using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Hotline;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Hotline;

/// <summary>The endpoints of the city's own figures of its hotline beside ours.</summary>
internal static class HotlineFigureEndpoints
{
    private const string One = "/api/v1/hotline-figures/{node}/{month}";

    public static void MapHotlineFigures(this IEndpointRouteBuilder routes)
    {
        routes.MapPut(One, (HttpContext http, string node, string month, AccessCheck access, HotlineFigureBook book) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                RequestBody.DemandJson(http.Request);
                var (at, day) = await FindAsync(access, node, month, scope);
                var figures = await RequestBody.ReadAsync(http.Request, HotlineFigureReading.Read, RequestBody.LargestBatch);
                var (telling, isFirst, refusal) = await book.TellAsync(at.Id, day, figures, http.GetCaller().Caller.Name, CallerAddress.Of(http), KnownTo(http));
                if (telling is null)
                    throw new RefusedException(refusal!);
                Tag(http, telling.Version);
                return Results.Json(
                    ToldHotlineFigures.Of(at, access.ViewOf(scope), telling), ApiJson.Options, statusCode: isFirst ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            }))
            .Demands(Permission.TellHotlineFigures).WithName("hotline-figures-tell").WithTags("Orders")
            .WithSummary("Takes the city's own figures of a month of a node: counts, or the orders one by one with their results.")
            .WithDescription("201 when they are the first of the month; 200 when they replace those told before, or are the very same. The body is one object with counts, or an "
                + "array of up to 10,000 orders, from which all counts follow. Whoever sends orders tells figures, too; administrators may. Audited.")
            .WithHeader(HeaderNames.IfMatch, "The ETag of the figures as they were read, \"0\" for none; refused with 412 when they were told anew since.")
            .Accepts<HotlineFigureBody>("application/json")
            .Produces<ToldHotlineFigures>(201).Produces<ToldHotlineFigures>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(One, (HttpContext http, string node, string month, AccessCheck access, HotlineFigureReader figures) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var (at, day) = await FindAsync(access, node, month, scope);
                var found = await figures.ReadAsync(at, day, http.RequestAborted);
                Tag(http, found.Telling?.Version ?? 0);
                return Results.Json(HotlineComparisonView.Of(found, access.ViewOf(scope)), ApiJson.Options);
            }))
            .Demands(Permission.ReadFigures).WithName("hotline-figures").WithTags("Orders")
            .WithSummary("The city's own figures of a month beside ours, with what differs.")
            .WithDescription("Ours are computed from the journal, order by order, of the orders received on the month's local days, as `orders compare` computes them. Where the city told its orders "
                + "one by one, those of one side only and those whose results differ are listed. What one side does not know is no difference.")
            .Produces<HotlineComparisonView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<(Node Node, DateOnly Month)> FindAsync(AccessCheck access, string idOrPath, string month, NodeScope scope)
    {
        var node = await ReadEndpoints.FindAsync(access, idOrPath, scope);
        var first = HotlineFigureReader.MonthOf(month) ?? throw Members.Refuse("month-invalid", "month", month);
        return first <= access.ViewOf(scope).TodayAt(node) ? (node, first) : throw Members.Refuse("time-in-future", "month");
    }

    private static void Tag(HttpContext http, long version) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // Null for whoever takes whatever is there; -1, which no version ever is, for a tag that is none of ours.
    private static long? KnownTo(HttpContext http) =>
        http.Request.Headers.IfMatch.ToString().Trim() is not { Length: > 0 } tag || tag == "*" ? null
        : long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
