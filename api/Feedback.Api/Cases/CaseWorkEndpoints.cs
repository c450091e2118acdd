using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Microsoft.Net.Http.Headers;

namespace Feedback.Api.Cases;

/// <summary>The endpoints at which the office works with cases.</summary>
internal static class CaseWorkEndpoints
{
    public static void MapCaseWork(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(CaseEndpoints.One + "/steps/{step}", (HttpContext http, string @case, string step, CaseWorkDesk desk) => ReadEndpoints.ForReaderAsync(http, async _ =>
            {
                var (id, input) = await RequestBody.ReadAsync(http.Request, StepReader.Read);
                return await desk.StepAsync(http, @case, step, input, CaseDoor.VersionSeen(http), id);
            }))
            .Demands(Permission.WorkCases).WithName("case-step").WithTags("Cases").WithSummary("Does something with a case: one of the steps that it tells its reader.")
            .WithDescription("If-Match says which version was seen: 412 when somebody changed it since, and nothing happens. Send * to do it whatever happened. "
                + "What is not possible as the case stands, or not for this person, is refused and changes nothing. Answers the case as it then is; 204 where it left the units of who acted. "
                + "withdraw and city-call-back tell what the city did with an order of its hotline where it cannot tell so itself: for supervision outside of the unit that handles it, and audited.")
            .WithHeader(HeaderNames.IfMatch, "The ETag of the case as it was read, or *.")
            .Accepts<CaseStepBody>("application/json")
            .Produces<CaseView>().Produces(204)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(428).ProducesProblem(503);

        routes.MapPost(CaseEndpoints.One + "/files", (HttpContext http, string @case, CaseWorkDesk desk) => ReadEndpoints.ForReaderAsync(http, async _ => await desk.AttachAsync(http, @case)))
            .Demands(Permission.WorkCases).WithName("case-attach").WithTags("Cases").WithSummary("Attaches a file to a case; the body is the file.")
            .WithDescription("JPEG, PNG, WebP, PDF, MP3, M4A or WAV, 10 MiB at most, ten a case. The content must be what Content-Type says. Kept encrypted.")
            .WithQuery("id", "The client's own id of the request, at most 100 characters: a retry carries the same and attaches it once; another file under it is refused.", required: false)
            .Accepts<Stream>("application/pdf", "*/*")
            .Produces<AttachedFileView>(201)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(CaseEndpoints.One + "/files/{file}", (HttpContext http, string @case, string file, CaseWorkDesk desk) =>
                ReadEndpoints.ForReaderAsync(http, async _ => await desk.ReadFileAsync(http, @case, file)))
            .Demands(Permission.WorkCases).WithName("case-attachment").WithTags("Cases").WithSummary("A file of a case, to be saved.")
            .WithDescription("Sent as an attachment in a sandbox: no browser shows it as a page. Not for those complained of and their superiors.")
            .Produces<Stream>(200, "application/octet-stream").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPost(CaseEndpoints.One + "/contact", (HttpContext http, string @case, CaseWorkDesk desk) => ReadEndpoints.ForReaderAsync(http, async _ =>
                await desk.TellContactAsync(http, @case, await ReasonReader.ReadAsync(http.Request, ReasonReader.ShortestToUnmask))))
            .Demands(Permission.WorkCases).WithName("case-contact").WithTags("Cases").WithSummary("Tells how the citizen of a case can be reached, for a reason.")
            .WithDescription("For case officers of its places, and for whoever may tell the answer or call back as the case stands; never for those complained of and their superiors. "
                + "Audited, and told to supervision, before it is answered. The reason has 10 to 500 characters.")
            .Accepts<ReasonBody>("application/json")
            .Produces<CaseContactView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);
    }
}

/// <summary>Does what the office asks for, and notes who tried what recusal keeps from them.</summary>
internal sealed class CaseWorkDesk(CaseDoor door, CaseShown shown, CaseStepping stepping, CaseCalls calls, CaseSight sight, CaseRecords records, CaseContacts contacts)
{
    private static readonly HashSet<string> Recused = ["recused", "review-inside", "call-back-inside", "verify-inside", "city-inside"];

    public async Task<IResult> StepAsync(HttpContext http, string idOrNumber, string step, StepInput input, long? expected, string? id)
    {
        var (seen, actor) = (await door.FindAsync(http, idOrNumber), CaseActors.Of(http.GetCaller().Caller));
        Demand(http, seen, (await stepping.PerformAsync(seen, step, input, actor, expected, id, address: CallerAddress.Of(http))).Refusal);
        if (await sight.FindAsync(seen.State.Id.Value, actor, http.RequestAborted) is { } after)
            return shown.Answer(http, after);
        // It was theirs, and went on to somebody else by what they did.
        return Results.NoContent();
    }

    public async Task<IResult> AttachAsync(HttpContext http, string idOrNumber)
    {
        var id = StepReader.IdIn(http.Request.Query);
        var (seen, actor) = (await door.FindAsync(http, idOrNumber), CaseActors.Of(http.GetCaller().Caller));
        // Only now: what is not wanted is not read.
        var (type, content) = await FileBody.ReadAsync(http.Request);
        var answer = await calls.PerformAsync(seen.State.Id, new CaseRequest(new AttachFile(default, type, 0, default), actor) { File = content, Id = id });
        Demand(http, seen, answer.Refusal);
        var record = await records.FindAsync(seen.State.Id, http.RequestAborted) ?? seen.Record;
        CaseDoor.Tag(http, answer.Version);
        return Results.Json(AttachedFileView.Of(record, answer.Version), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    public async Task<IResult> ReadFileAsync(HttpContext http, string idOrNumber, string file)
    {
        var seen = await door.FindAsync(http, idOrNumber);
        var attached = seen.Record.Timeline.Select(one => one.Happened).OfType<CaseAttached>().FirstOrDefault(one => one.File.ToString() == file)
            ?? throw Unknown(file);
        var (content, refusal) = await records.ReadFileAsync(seen.Record, CaseActors.Of(http.GetCaller().Caller), attached.File, http.RequestAborted);
        Demand(http, seen, refusal);
        if (content is null)
            throw Unknown(file);
        return FileAnswer.Of(http, seen.State, attached, content);
    }

    public async Task<IResult> TellContactAsync(HttpContext http, string idOrNumber, string reason)
    {
        var seen = await door.FindAsync(http, idOrNumber);
        var (contact, refusal) = await contacts.TellAsync(http, seen, reason);
        if (refusal is not null)
            throw new RefusedException(refusal);
        return Results.Json(
            new CaseContactView(seen.State.Id.Value, seen.State.Intake.Number, contact?.Text, contact is null ? "none" : contact.Text is null ? "erased" : "kept"), ApiJson.Options);
    }

    private void Demand(HttpContext http, SeenCase seen, Domain.Evaluations.Refusal? refusal)
    {
        if (refusal is null)
            return;
        if (Recused.Contains(refusal.Code))
            door.NoteRecused(http, seen, refusal);
        throw new RefusedException(refusal);
    }

    private static RefusedException Unknown(string file) => Members.Refuse("file-unknown", "file", file);
}

/// <summary>A file that was attached.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The case's version with it.</param>
/// <param name="File">The file.</param>
public sealed record AttachedFileView(string Case, long Version, CaseFileView File)
{
    internal static AttachedFileView Of(CaseRecord record, long version) =>
        new(record.State.Id.Value, version, CaseFileView.AllOf(record, _ => true).Last(file => file.Version <= version));
}

/// <summary>How the citizen of a case can be reached.</summary>
/// <param name="Case">The case.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Contact">The contact; null when there is none.</param>
/// <param name="State">none, kept or erased.</param>
public sealed record CaseContactView(string Case, string Number, string? Contact, string State);
