using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>The endpoints at which cases are filed, listed and read.</summary>
internal static class CaseEndpoints
{
    /// <summary>The address of a case.</summary>
    public const string One = List + "/{case}";

    private const string List = "/api/v1/cases";

    /// <summary>Adds what the endpoints of cases need.</summary>
    public static void AddCaseEndpoints(this IServiceCollection services)
    {
        services.AddSingleton<CaseDoor>();
        services.AddSingleton<CaseShown>();
        services.AddSingleton<CaseContacts>();
        services.AddSingleton<CaseQueryText>();
        services.AddSingleton<ReaderCases>();
        services.AddSingleton<CaseLists>();
        services.AddSingleton<CaseDuplicates>();
        services.AddSingleton<CaseWorkDesk>();
        services.AddSingleton<Boxes.BoxDesk>();
        services.AddSingleton<CaseTracking>();
    }

    /// <summary>Maps those for the office.</summary>
    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(List, (HttpContext http, CaseFiling filing, CaseDoor door, CaseSecrets codes, ICaseStore cases, PublicAddress address) => ReadEndpoints.ForReaderAsync(http, async scope =>
            {
                var (id, filed) = await RequestBody.ReadAsync(http.Request, body => FilingReader.Read(body, scope));
                var actor = CaseActors.Of(http.GetCaller().Caller);
                var isRepeat = await cases.FindAsync(codes.IdOf(actor.Name, id), http.RequestAborted) is not null;
                var (stored, refusal) = await filing.FileAsync(filed, actor, id);
                if (refusal is { Code: "recused" })
                    door.NoteRecused(http, filed, refusal);
                if (stored is null)
                    throw new RefusedException(refusal!);
                CaseDoor.Tag(http, stored.Version);
                http.Response.Headers.Location = $"{List}/{stored.Id.Value}";
                return Results.Json(FiledCaseView.Of(stored, address), ApiJson.Options, statusCode: isRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created);
            }))
            .Demands(Permission.FileCases).WithName("case-file").WithTags("Cases").WithSummary("Registers what a citizen brings to the office: one case for each id.")
            .WithDescription("Whoever files it owns it; what a program hands on waits for an owner. Nobody files what is said against themselves, by the staff code of their account. Nothing is refused for a missing policy, calendar or contact. "
                + "A staff code that nobody has is refused to the office; from a program, which hands on what a citizen wrote, it is kept with the words, or refused where there is no room for it. "
                + "201 with the number and the query code, which are told here only; 200 with the same when it is sent again with the same id.")
            .Accepts<CaseFilingBody>("application/json")
            .Produces<FiledCaseView>(201).Produces<FiledCaseView>(200)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(List, (HttpContext http, CaseLists lists) => ReadEndpoints.ForReaderAsync(http, async _ => Results.Json(await lists.ListAsync(http), ApiJson.Options)))
            .Demands(Permission.ReadCases).WithName("cases").WithTags("Cases").WithSummary("Cases of the reader's own units, and those that they own; without texts.")
            .WithDescription("Of a node everything below it is listed, too, and what its units handle or help with. A number finds its case whatever else is asked for; other words are looked for in the "
                + "numbers of other systems, and in what was said only for those who may read comments: at most 300 cases an answer, which then tells how many it looked through and where to go on. "
                + "Cases about the reader, by the staff code of their account, are counted and not listed: they would tell exactly when.")
            .WithQuery("node", "The node's id or path.", required: false)
            .WithQuery("unit", "The id or path of a unit: what it or a unit below it handles or helps with.", required: false)
            .WithQuery("kind", "Kinds, separated by commas.", required: false)
            .WithQuery("stage", "Stages, separated by commas.", required: false)
            .WithQuery("category", "The code of a category; what is below it is listed, too.", required: false)
            .WithQuery("owner", "The name of an account; me for one's own.", required: false)
            .WithQuery("view", "Open cases, and merged ones whose citizen has no answer yet: mine, due within three days, overdue, supervised, to-supervise or to-call-back. to-supervise lists what is overdue, and what was urged or put under supervision and not answered since.", required: false)
            .WithQuery("from", "The first local day on which they were received, such as 2026-11-01.", required: false)
            .WithQuery("to", "The local day after the last.", required: false)
            .WithQuery("q", "A number, or words; at most 100 characters.", required: false)
            .WithQuery("order", "newest or due first.", required: false)
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .Produces<CaseListView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapGet(One, (HttpContext http, string @case, CaseDoor door, CaseShown shown) => ReadEndpoints.ForReaderAsync(http, async _ => shown.Answer(http, await door.FindAsync(http, @case))))
            .Demands(Permission.ReadCases).WithName("case").WithTags("Cases").WithSummary("A case: where it stands, its clocks and how their deadlines came about, what happened, and what the reader may do.")
            .WithDescription("case is its id or its number. Texts are told as far as the reader may read them, never the contact: those complained of and their superiors are told none. "
                + "To whom the case is about, by the staff code of their account, all times are the start of their local day, and neither the rating nor any grade nor how deadlines came about is told. "
                + "Programs are told texts without numbers and addresses of persons. The ETag is the version.")
            .Produces<CaseView>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapGet(One + "/duplicates", (HttpContext http, string @case, CaseDoor door, CaseDuplicates duplicates) =>
                ReadEndpoints.ForReaderAsync(http, async _ => Results.Json(await duplicates.OfAsync(http, await door.FindAsync(http, @case)), ApiJson.Options)))
            .Demands(Permission.ReadCases).WithName("case-duplicates").WithTags("Cases").WithSummary("Open cases that may be about the same, the likeliest first, each with its reasons.")
            .WithDescription("Received within 30 days of it: of the same category at its node, above it or, for a hall, in it; or of the same kind at its node. What was said is compared only for those who may read it. Merging is the step merge.")
            .Produces<CaseDuplicateList>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapCaseWork();
    }
}

/// <summary>Answers a case as its reader may see it.</summary>
internal sealed class CaseShown(AccessCheck access)
{
    public IResult Answer(HttpContext http, SeenCase seen)
    {
        var caller = http.GetCaller();
        CaseDoor.Tag(http, seen.State.Version);
        return Results.Json(
            CaseView.Of(seen, access.ViewOf(caller.ScopeHere), program: caller.Caller.Account is null, Problem.CultureOf(http.Request)), ApiJson.Options);
    }
}

/// <summary>A case that was filed.</summary>
/// <param name="Id">Its immutable id.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="QueryCode">The six digits that go with the number, for the citizen; told here only.</param>
/// <param name="TrackingCode">With it the citizen follows the case, and acts on it.</param>
/// <param name="Tracking">The address at which they do; from the root on where the service was told no public address.</param>
/// <param name="Version">Its version.</param>
public sealed record FiledCaseView(string Id, string Number, string? QueryCode, string TrackingCode, string Tracking, long Version)
{
    /// <summary>The page at which a citizen follows a case, before its code.</summary>
    public const string TrackingPage = "/track/";

    internal static FiledCaseView Of(FiledCase filed, PublicAddress address)
    {
        var page = TrackingPage + filed.TrackingCode;
        return new(filed.Id.Value, filed.Number, filed.QueryCode, filed.TrackingCode, address.TryLink(page, out var link, out _) ? link.Url : page, filed.Version);
    }
}
