using Feedback.Api.Access;
using Feedback.Api.Matters.Lists;
using Feedback.Api.Matters.Notices;
using Feedback.Api.Matters.Told;
using Feedback.Charts.Notices;
using Feedback.Domain.Access;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Matters.Services;

/// <summary>The endpoints of service matters under the two-visit rule.</summary>
internal static class ServiceMatterRoutes
{
    private const string Tag = "Service matters";
    private const string One = "/api/v1/service-matters/{serviceMatter}";

    public static void MapServiceMatters(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/service-matters", (HttpContext http, ServiceMatterEndpoints matters) => ReadEndpoints.ForReaderAsync(http, scope => matters.AcceptAsync(http, scope)))
            .Demands(Permission.FileCases).WithName("matter-accept").WithTags(Tag).WithSummary("Accepts a matter at its first visit, and tells everything that is missing.")
            .WithDescription("The same node and number are the same matter: 200 when exactly this was accepted before, 409 when something else was. "
                + "A third visit, a document that is asked for and not in the list, and a deadline that passes open accountability; handing in what the list tells does not.")
            .Accepts<AcceptanceBody>("application/json").Produces<ServiceMatterView>(201).Produces<ServiceMatterView>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet("/api/v1/service-matters", (HttpContext http, MatterLists lists) => ReadEndpoints.ForReaderAsync(http, async scope => Results.Json(await lists.ListAsync(http, scope), ApiJson.Options)))
            .Demands(Permission.ReadCases).WithName("matters").WithTags(Tag).WithSummary("Matters that the units of the reader's scope took.")
            .WithDescription("Of a node everything below it is listed, too; those accepted last come first. counts tells how many of the list stand at each stage, whatever stage is asked for.")
            .WithQuery("node", "The node's id or path.", required: false)
            .WithQuery("stage", "Stages, separated by commas: open, completed, withdrawn.", required: false)
            .WithQuery("from", "The first local day on which they were accepted, such as 2026-11-01.", required: false)
            .WithQuery("to", "The local day after the last.", required: false)
            .WithQuery("visits", "With at least so many visits.", required: false)
            .WithQuery("broken", "true or false: whether the two-visit rule was broken.", required: false)
            .WithQuery("number", "The number on the notice, or the office's own number.", required: false)
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .Produces<MatterListView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPost("/api/v1/service-matter-lists", (HttpContext http, MatterTelling telling) => ReadEndpoints.ForReaderAsync(http, scope => telling.TakeAsync(http, scope)))
            .Demands(Permission.TellMatters).WithName("matters-told").WithTags(Tag).WithSummary("Takes a matter of another system, or a list of at most 200: accepts what is not here, and moves on what is.")
            .WithDescription("A list in which one matter cannot be taken is not stored at all. The same node and number are the same matter: the same list again changes nothing, and one that is "
                + "behind moves nothing back. Acceptance and result count at the times that the list tells. "
                + "visits are all visits; those of them only to hand in what had been listed are lawfulVisits, and nobody answers for them. "
                + "Tokens for `file-cases` may; of accounts those who lead a hall or a district, and what they tell anew lies at most 31 days back. What is stored is audited.")
            .WithQuery("check", "true: only checks, and stores nothing.", required: false)
            .Accepts<ToldMatterBody>("application/json").Produces<ToldMatters>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet("/api/v1/service-matters/figures", (HttpContext http, ServiceMatterFigures figures) => ReadEndpoints.ForReaderAsync(http, scope => figures.ReadAsync(http, scope)))
            .Demands(Permission.ReadCases).WithName("matter-figures").WithTags(Tag).WithSummary("Two-visit rate, one-visit rate and on-time rate of a node and everything below it, in a period of local days.")
            .WithDescription("Each event counts on its own day: over a short time a matter may be completed that was accepted before it.")
            .WithQuery("node", "The node's id or path.")
            .WithQuery("from", "The first local day, such as 2026-11-01.")
            .WithQuery("to", "The local day after the last.")
            .Produces<ServiceMatterFiguresView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapGet(One, (HttpContext http, string serviceMatter, ServiceMatterEndpoints matters) => ReadEndpoints.ForReaderAsync(http, scope => matters.ReadAsync(http, serviceMatter, scope)))
            .Demands(Permission.ReadCases).WithName("matter").WithTags(Tag).WithSummary("A matter: visits, what is missing, its deadline with the explanation, what is to be answered for.")
            .WithDescription("Its ETag, sent back as If-Match, keeps a step from being done to what somebody else changed.")
            .Produces<ServiceMatterView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPost(One + "/steps", (HttpContext http, string serviceMatter, ServiceMatterEndpoints matters) =>
                ReadEndpoints.ForReaderAsync(http, scope => matters.StepAsync(http, serviceMatter, scope)))
            .Demands(Permission.FileCases).WithName("matter-step").WithTags(Tag).WithSummary("Tells a further visit, documents handed in, the result, or that the applicant took it back.")
            .WithDescription("What breaks the two-visit rule is stored like everything else, and somebody will have to answer for it. A step with an id is done once, however often it is sent.")
            .WithHeader(HeaderNames.IfMatch, "The ETag of the matter as it was read; refused with 412 when somebody changed it since.")
            .Accepts<MatterStepBody>("application/json").Produces<ServiceMatterView>()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(One + "/notice", (HttpContext http, string serviceMatter, ServiceMatterEndpoints matters, NoticeEndpoint notices) =>
                ReadEndpoints.ForReaderAsync(http, async scope => notices.Write(http, await matters.FindAsync(serviceMatter, scope, http.RequestAborted))))
            .Demands(Permission.ReadCases).WithName("matter-notice").WithTags(Tag).WithSummary("The acceptance notice, to be printed and handed to the applicant.")
            .IsNotice();

        routes.MapGet(NoticeEndpoint.PathOf("{code}"), (HttpContext http, string code, NoticeEndpoint notices) => ReadEndpoints.ForAnybodyAsync(http, () => notices.ReadAsync(http, code)))
            .IsOpen("Whoever has the code, 256 bits that nobody can guess, holds the notice itself.")
            .WithName("matter-notice-held").WithTags(Tag).WithSummary("The acceptance notice for whoever holds it, at the address that is printed on it.")
            .IsNotice();
    }

    private static void IsNotice(this RouteHandlerBuilder route) => route
        .WithDescription("Its title is that of the policy `acceptance-notice` at the node. It tells the conditions, basis, procedure, rights and duties as they were published when the matter was accepted.")
        .WithQuery("format", "html or pdf; html when left out.", required: false)
        .WithQuery("language", "zh or en; by Accept-Language when left out.", required: false)
        .Produces(200, contentType: "text/html", additionalContentTypes: [NoticeFile.Pdf])
        .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
}
