using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Api.Limits;
using Feedback.Api.Problems;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>The endpoints at which citizens follow their cases.</summary>
internal static class TrackingEndpoints
{
    private const string Track = "/api/v1/case-tracking";

    public static void MapCaseTracking(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Track, (HttpContext http, CaseTracking tracking) => AnswerAsync(http, async () =>
            {
                RequestBody.DemandJson(http.Request);
                return await tracking.FindAsync(await RequestBody.ReadAsync(http.Request, TrackingReader.Read), http.RequestAborted);
            }))
            .TriesSecrets().IsOpen("The code is unguessable, and a number's six digits may be tried five times a day.")
            .WithName("case-track").WithTags("Citizens").WithSummary("Tells a citizen how their case stands: by its code, or by its number and six digits.")
            .WithDescription("What they said and were told, what is due next, and what they may do. Never names of those who handle it. "
                + "A number that is closed after five wrong tries, one that does not exist, and a wrong code look the same.")
            .Accepts<CaseTrackingBody>("application/json")
            .Produces<TrackedCase>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415);

        routes.MapPost(Track + "/steps", (HttpContext http, CaseTracking tracking) => AnswerAsync(http, async () =>
            {
                RequestBody.DemandJson(http.Request);
                return await tracking.StepAsync(await RequestBody.ReadAsync(http.Request, TrackingReader.ReadStep), http.RequestAborted);
            }))
            .TriesSecrets().IsOpen("Whoever shows the unguessable code acts as the citizen.")
            .WithName("case-track-step").WithTags("Citizens").WithSummary("The citizen confirms that it is solved, says that it is not, opens it again, or asks to hurry.")
            .WithDescription("confirm takes a grade, dispute and reopen take words. Reopening is possible within the period and as often as the policy says. "
                + "Of a matter that was handled together with another and answered, they go on to that one, under the matter's own code.")
            .Accepts<CaseTrackingStepBody>("application/json")
            .Produces<TrackedCase>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapPost(Track + "/files", (HttpContext http, CaseTracking tracking) => AnswerAsync(http, () => tracking.AttachAsync(http.Request)))
            .TriesSecrets().TakesFiles().IsOpen("Whoever shows the unguessable code acts as the citizen; ten files a case, and each is checked.")
            .WithName("case-track-attach").WithTags("Citizens").WithSummary("The citizen sends a photo, a recording or a PDF; the body is the file.")
            .WithDescription("JPEG, PNG, WebP, PDF, MP3, M4A or WAV, 10 MiB at most, ten a case. The content must be what Content-Type says. "
                + "Of one address so much is taken within an hour; more is answered 429, with Retry-After.")
            .WithQuery("code", "The tracking code.")
            .WithQuery("id", "The sender's own id of the request, at most 100 characters: a retry carries the same and attaches it once; another file under it is refused.", required: false)
            .Accepts<Stream>("application/pdf", "*/*")
            .Produces<TrackedCase>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);

        routes.MapGet(Track + "/files/{attachment}", (HttpContext http, string attachment, CaseTracking tracking) => ResultAsync(http, () => tracking.ReadFileAsync(http, attachment)))
            .TriesSecrets().IsOpen("Whoever shows the unguessable code is the citizen, and reads what the citizen sent.")
            .WithName("case-track-attachment").WithTags("Citizens").WithSummary("A file that the citizen sent, to be saved.")
            .WithDescription("Sent as an attachment in a sandbox, and kept nowhere: no browser shows it as a page. Files of the office are not the citizen's.")
            .WithQuery("code", "The tracking code.")
            .Produces<Stream>(200, "application/octet-stream").ProducesProblem(404);
    }

    private static Task AnswerAsync(HttpContext http, Func<Task<TrackedCase>> find) => ResultAsync(http, async () => Results.Json(await find(), ApiJson.Options));

    private static async Task ResultAsync(HttpContext http, Func<Task<IResult>> find)
    {
        try
        {
            await (await find()).ExecuteAsync(http);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
        catch (TimeoutException)
        {
            await Problem.WriteAsync(http, new Refusal("busy", Retryable: true));
        }
    }
}

/// <summary>Shows citizens their cases, and does what they ask for.</summary>
internal sealed class CaseTracking(CaseRecords records, CaseSight sight, CaseSecrets codes, CitizenSteps citizens, CaseCalls calls, TimeProvider clock)
{
    /// <summary>The case of a code, or of a number and its digits.</summary>
    public async Task<TrackedCase> FindAsync(CaseTrackingBody asked, CancellationToken cancellation) => await ShowAsync(
        asked.Code is { } code ? await OfCodeAsync(code, cancellation)
        : await records.FindAsync(asked.Number!, asked.QueryCode!, cancellation) ?? throw Wrong(), cancellation);

    /// <summary>Does what a citizen asks for.</summary>
    public async Task<TrackedCase> StepAsync(CaseTrackingStepBody asked, CancellationToken cancellation)
    {
        var found = await OfCodeAsync(asked.Code, cancellation);
        if (!TrackedCase.TheirSteps.Contains(asked.Step))
            throw Members.Refuse("step-unknown", "step", asked.Step);
        var seen = await sight.SeeAsync(found, CaseActor.Citizen, cancellation) ?? throw Wrong();
        var input = new StepInput { Words = asked.Words, Grade = asked.Grade, Reason = CaseReasons.Citizen };
        var id = asked.Step == "urge" ? TrackedCase.UrgeOf(seen) : asked.Id;
        return await AfterAsync(found, await citizens.PerformAsync(seen, await citizens.SurvivorOfAsync(seen, cancellation), asked.Step, input, id), cancellation);
    }

    /// <summary>Takes a citizen's file.</summary>
    public async Task<TrackedCase> AttachAsync(HttpRequest sent)
    {
        var cancellation = sent.HttpContext.RequestAborted;
        var id = StepReader.IdIn(sent.Query);
        var found = await OfCodeAsync(sent.Query["code"].ToString(), cancellation);
        // Only now: strangers send nothing that is read.
        var (type, content) = await FileBody.ReadAsync(sent);
        var request = new CaseRequest(new AttachFile(default, type, 0, default), CaseActor.Citizen) { File = content, Id = id };
        return await AfterAsync(found, await calls.PerformAsync(found.State.Id, request), cancellation);
    }

    /// <summary>A file that the citizen sent.</summary>
    public async Task<IResult> ReadFileAsync(HttpContext http, string file)
    {
        var found = await OfCodeAsync(http.Request.Query["code"].ToString(), http.RequestAborted);
        return FileAnswer.OfCitizen(found, file) is { } attached && await records.ReadFileAsync(found, CaseActor.Citizen, attached.File, http.RequestAborted) is { File: { } content }
            ? FileAnswer.Of(http, found.State, attached, content)
            : throw Members.Refuse("file-unknown", "file", file);
    }

    private async Task<TrackedCase> AfterAsync(CaseRecord found, CaseAnswer answer, CancellationToken cancellation) =>
        answer.Refusal is { } refusal ? throw new RefusedException(refusal)
        : await ShowAsync(await records.FindAsync(found.State.Id, cancellation) ?? found, cancellation);

    private async Task<TrackedCase> ShowAsync(CaseRecord found, CancellationToken cancellation)
    {
        var seen = await sight.SeeAsync(found, CaseActor.Citizen, cancellation) ?? throw Wrong();
        return TrackedCase.Of(seen, await citizens.SurvivorOfAsync(seen, cancellation), codes.TrackingCodeOf(found.State.Id), clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private async Task<CaseRecord> OfCodeAsync(string code, CancellationToken cancellation) =>
        codes.CaseOf(code) is { } id && await records.FindAsync(id, cancellation) is { } found ? found : throw Wrong();

    private static RefusedException Wrong() => Members.Refuse("lookup-wrong");
}

/// <summary>Which case a citizen asks for: by code, or by number and query code.</summary>
/// <param name="Code">The tracking code; left out with a number.</param>
/// <param name="Number">The number, as people type it; left out with a code.</param>
/// <param name="QueryCode">The six digits that go with the number.</param>
public sealed record CaseTrackingBody(string? Code, string? Number, string? QueryCode);

/// <summary>What a citizen does.</summary>
/// <param name="Code">The tracking code.</param>
/// <param name="Step">confirm, dispute, reopen or urge.</param>
/// <param name="Words">dispute, reopen: what the citizen says, at most 10,000 characters.</param>
/// <param name="Grade">confirm: how satisfied the citizen is, 5 to 1.</param>
/// <param name="Id">The sender's own id of the request, at most 100 characters: a retry carries the same and is done once. Asking to hurry counts once a day, whatever its id.</param>
public sealed record CaseTrackingStepBody(string Code, string Step, string? Words, int? Grade, string? Id);

/// <summary>Reads what citizens send; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class TrackingReader
{
    private const int Longest = 64;

    public static CaseTrackingBody Read(JsonElement body)
    {
        string? code = null, number = null, queryCode = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "code": code = OptionalMember.Text(value, name, Longest); break;
                case "number": number = OptionalMember.Text(value, name, Longest); break;
                case "queryCode": queryCode = OptionalMember.Text(value, name, Longest); break;
                default: return false;
            }

            return true;
        });
        return code is null && (number is null || queryCode is null)
            ? throw Members.Refuse("member-missing", number is null ? "code" : "queryCode")
            : new CaseTrackingBody(code, number, queryCode);
    }

    public static CaseTrackingStepBody ReadStep(JsonElement body)
    {
        string? code = null, step = null, words = null, id = null;
        int? grade = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "code": code = Members.Text(value, name, Longest); break;
                case "step": step = Members.Text(value, name, Longest); break;
                case "words": words = OptionalMember.Text(value, name, CaseRequest.LongestText, multiline: true); break;
                case "grade": grade = OptionalMember.Grade(value, name); break;
                case "id": id = OptionalMember.Text(value, name, StepReader.LongestId); break;
                default: return false;
            }

            return true;
        });
        return new CaseTrackingStepBody(
            code ?? throw Members.Missing("code"), step ?? throw Members.Missing("step"), words, grade, id);
    }
}
