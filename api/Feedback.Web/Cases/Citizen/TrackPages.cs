using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Limits;
using Feedback.Api.Problems;
using Feedback.Api.Ratings;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Ratings;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Web.Cases.Citizen;

/// <summary>The pages on which citizens follow their case, and say whether it is solved.</summary>
internal sealed class TrackPages(CaseSecrets codes, CaseRecords records, CaseSight sight, CitizenSteps citizens, IBureau bureau, TimeProvider clock)
{
    private const string OpenBecause = "Whoever has the unguessable code, or the number and its six digits, which may be tried five times a day, is the citizen.";

    private static readonly ImmutableArray<string> Steps = ["confirm", "dispute", "reopen", "urge"];

    // Ten thousand Chinese characters take 90 kB on their way.
    private static readonly FormOptions Bounds = new()
    {
        ValueCountLimit = 16,
        ValueLengthLimit = 256 * 1024,
        KeyLengthLimit = 128,
        BufferBodyLengthLimit = 512 * 1024,
        MultipartBodyLengthLimit = 512 * 1024,
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/track", (HttpContext http) => Ask(http, StatusCodes.Status200OK)).IsOpen(OpenBecause).WithName("track-form").ExcludeFromDescription();
        app.MapPost("/track", (HttpContext http, TrackPages pages) => pages.LookUpAsync(http)).TriesSecrets().IsOpen(OpenBecause).WithName("track-lookup").ExcludeFromDescription();
        app.MapGet("/track/{code}", (HttpContext http, string code, TrackPages pages) => pages.ShowAsync(http, code)).IsOpen(OpenBecause).WithName("track").ExcludeFromDescription();
        app.MapGet("/track/{code}/files/{file}", (HttpContext http, string code, string file, TrackPages pages) => pages.FileAsync(http, code, file)).IsOpen(OpenBecause).WithName("track-file").ExcludeFromDescription();
        app.MapPost("/track/{code}/{step}", (HttpContext http, string code, string step, TrackPages pages) => pages.StepAsync(http, code, step)).IsOpen(OpenBecause).WithName("track-step").ExcludeFromDescription();
    }

    private async Task<IResult> LookUpAsync(HttpContext http)
    {
        if (await Forms.ReadOpenAsync(http) is not { } form)
            return Ask(http, StatusCodes.Status400BadRequest, "badForm");
        var number = form["number"].ToString().Trim();
        return await records.FindAsync(number, form["code"].ToString().Trim()) is { } found
            ? new SeeOther($"/track/{codes.TrackingCodeOf(found.State.Id)}?{CitizenFrame.LanguageMember}={CitizenFrame.WordsOf(http).Language}")
            : Ask(http, StatusCodes.Status404NotFound, "track-unknown", number);
    }

    private async Task<IResult> ShowAsync(HttpContext http, string code)
    {
        var (seen, words) = (await FindAsync(code), CitizenFrame.WordsOf(http));
        var done = http.Request.Query["done"].ToString();
        return seen is null ? Unknown(http, words)
            : Show(http, words, code, seen, await citizens.SurvivorOfAsync(seen, http.RequestAborted), StatusCodes.Status200OK, new() { ["Done"] = Steps.Contains(done) ? "track-done-" + done : null });
    }

    private async Task<IResult> FileAsync(HttpContext http, string code, string file) =>
        codes.CaseOf(code) is { } id && await records.FindAsync(id, http.RequestAborted) is { } found && FileAnswer.OfCitizen(found, file) is { } attached
        && await records.ReadFileAsync(found, CaseActor.Citizen, attached.File, http.RequestAborted) is { File: { } content }
            ? FileAnswer.Of(http, found.State, attached, content)
            : Unknown(http, CitizenFrame.WordsOf(http));

    private async Task<IResult> StepAsync(HttpContext http, string code, string step)
    {
        var words = CitizenFrame.WordsOf(http);
        if (!Steps.Contains(step) || await FindAsync(code) is not { } seen)
            return Unknown(http, words);
        var survivor = await citizens.SurvivorOfAsync(seen, http.RequestAborted);
        if (await Forms.ReadOpenAsync(http, Bounds) is not { } form)
            return Show(http, words, code, seen, survivor, StatusCodes.Status400BadRequest, new() { ["Error"] = words["badForm"] });
        var (input, id, wrong) = Read(step, form, seen);
        if (wrong is not null)
            return Refuse(StatusCodes.Status400BadRequest, words[wrong]);
        var answer = await citizens.PerformAsync(seen, survivor, step, input, id);
        return answer.Refusal is { } refusal
            ? Refuse(Problem.StatusOf(refusal), WordsOf(refusal, seen, survivor, words))
            : new SeeOther($"/track/{code}?{CitizenFrame.LanguageMember}={words.Language}&done={step}");

        IResult Refuse(int status, string error) => Show(http, words, code, seen, survivor, status, new() { ["Error"] = error, ["Wrong"] = step, ["Form"] = form });
    }

    private static (StepInput Input, string Id, string? Wrong) Read(string step, IFormCollection form, SeenCase seen)
    {
        var (said, id) = (form["words"].ToString().ReplaceLineEndings("\n").Trim(), form["id"].ToString());
        if (id.Length is 0 or > 60)
            return (new StepInput(), "", "badForm");
        if (said.Length > CaseRequest.LongestText)
            return (new StepInput(), id, "file-words-long");
        return step switch
        {
            "confirm" => (new StepInput { Grade = int.TryParse(form["grade"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var grade) ? grade : null }, id, null),
            "urge" => (new StepInput { Reason = CaseReasons.Citizen }, TrackedCase.UrgeOf(seen), null),
            _ when said.Length == 0 => (new StepInput(), id, "track-words-missing"),
            "reopen" => (new StepInput { Reason = CaseReasons.Reopening.Contains(form["reason"].ToString()) ? form["reason"].ToString() : CaseReasons.Other, Words = said }, id, null),
            _ => (new StepInput { Words = said }, id, null),
        };
    }

    private string WordsOf(Refusal refusal, SeenCase seen, SeenCase? survivor, PageWords words) => refusal.Code switch
    {
        "reopen-late" => words.Say("track-reopen-late", CaseView.Of(seen, bureau.Current, Now, words, survivor).ReopenUntil ?? ""),
        "reopen-often" => words["track-reopen-often"],
        "case-closed" or "case-merged" or "step-not-now" or "answer-missing" => words["track-moved-on"],
        "busy" or "outcome-unknown" or "upgrade-under-way" or "command-unreadable" => words["file-busy"],
        "text-unfit" => words["file-unfit"],
        _ => words["rating-not-taken"],
    };

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<SeenCase?> FindAsync(string code) => codes.CaseOf(code) is { } id ? await sight.FindAsync(id.Value, CaseActor.Citizen) : null;

    private IResult Show(HttpContext http, PageWords words, string code, SeenCase seen, SeenCase? survivor, int status, Dictionary<string, object?> more)
    {
        more["Path"] = FiledCaseView.TrackingPage + code;
        more["View"] = CaseView.Of(seen, bureau.Current, Now, words, survivor);
        more["Draw"] = RatingIntake.Draw();
        return http.Citizens<CasePage>(status, words, more);
    }

    private static IResult Ask(HttpContext http, int status, string? error = null, string number = "") =>
        http.Citizens<TrackPage>(status, CitizenFrame.WordsOf(http), new() { ["Error"] = error, ["Number"] = number });

    private static IResult Unknown(HttpContext http, PageWords words) => http.Notice(StatusCodes.Status404NotFound, words, "notFound", "track-unknown");
}
