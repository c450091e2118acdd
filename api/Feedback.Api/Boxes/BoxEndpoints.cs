using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Boxes;

namespace Feedback.Api.Boxes;

/// <summary>The endpoints of suggestion boxes.</summary>
internal static class BoxEndpoints
{
    private const string Path = "/api/v1/box-openings";
    private const int LongestPath = 512;
    private const int LongestName = 256;

    public static void MapBoxes(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, (HttpContext http, AccessCheck access, BoxDesk desk, BoxOpenings boxes) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                RequestBody.DemandJson(http.Request);
                var (named, at, found, with) = await RequestBody.ReadAsync(http.Request, Read);
                var node = await ReadEndpoints.FindAsync(access, named, scope);
                var (isNew, refusal) = await desk.RecordAsync(node.Id, at.UtcMilliseconds, found, http.GetCaller().Caller.Name, with);
                if (refusal is not null)
                    throw new RefusedException(refusal);
                return Results.Json(await ListAsync(node, scope, access, boxes), ApiJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            }))
            .Demands(Permission.FileCases).WithName("box-open").WithTags("Cases").WithSummary("Records that a suggestion box was opened, with the count of papers found.")
            .WithDescription("201 with all openings of the box; 200 when the same opening was recorded before. with names the account of the second person who was there. The papers themselves are filed as cases with the channel box.")
            .Accepts<BoxOpeningBody>("application/json")
            .Produces<BoxOpeningList>(201).Produces<BoxOpeningList>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);

        routes.MapGet(Path, (HttpContext http, AccessCheck access, BoxOpenings boxes) => ReadEndpoints.ForReaderAsync(http, async scope =>
                Results.Json(await ListAsync(await ReadEndpoints.FindAsync(access, http.Request.Query["node"].ToString(), scope), scope, access, boxes), ApiJson.Options)))
            .Demands(Permission.ReadCases).WithName("box-openings").WithTags("Cases").WithSummary("The openings of a node's suggestion box: papers found beside cases filed.")
            .WithQuery("node", "The id or path of the node where the box hangs.")
            .Produces<BoxOpeningList>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<BoxOpeningList> ListAsync(Node node, NodeScope scope, AccessCheck access, BoxOpenings boxes) =>
        new(NodeLabel.Of(node, access.ViewOf(scope)), [.. (await boxes.ListAsync(node.Id)).Select(BoxOpeningView.Of)]);

    private static (string Node, Moment At, int Found, string? With) Read(JsonElement body)
    {
        (string? node, Moment? at, int? found, string? with) = (null, null, null, null);
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = Members.Text(value, name, LongestPath); break;
                case "openedAt": at = Members.Time(value, name); break;
                case "found": found = CountOf(value, name); break;
                case "with": with = OptionalMember.Text(value, name, LongestName); break;
                default: return false;
            }

            return true;
        });
        return (node ?? throw Members.Missing("node"), at ?? throw Members.Missing("openedAt"), found ?? throw Members.Missing("found"), with);
    }

    private static int CountOf(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) ? count : throw Members.Refuse("count-invalid", field, BoxDesk.Range);
}
