using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Limits;
using Feedback.Api.Ratings;
using Feedback.Domain.Lookups;
using Feedback.Grains.Cases;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using CaseView = Feedback.Web.Cases.Citizen.CaseView;

namespace Feedback.Web.Ratings;

/// <summary>What a bad rating led to: its case as the citizen sees it.</summary>
/// <param name="Path">The address at which it is followed.</param>
/// <param name="View">The case.</param>
/// <param name="Draw">Under which id a form of the page is sent.</param>
public sealed record RatingLed(string Path, CaseView View, string Draw);

/// <summary>The pages on which citizens see that their rating is counted, and what a bad one led to.</summary>
internal sealed class CountedPages(RatingLookups lookups, RatedCases cases, CaseSecrets codes, IBureau bureau, TimeProvider clock)
{
    private const string OpenBecause =
        "An unguessable code, or a number whose six digits may be tried five times a day: whoever has them is the citizen; neither grade nor text of the rating is told.";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/counted", (HttpContext http) => Ask(http, StatusCodes.Status200OK)).IsOpen(OpenBecause).WithName("counted-form").ExcludeFromDescription();
        app.MapPost("/counted", (HttpContext http, CountedPages pages) => pages.LookUpAsync(http)).TriesSecrets().IsOpen(OpenBecause).WithName("counted-lookup").ExcludeFromDescription();
        app.MapGet("/counted/{code}", (HttpContext http, string code, CountedPages pages) => pages.ShowAsync(http, code)).IsOpen(OpenBecause).WithName("counted").ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http, string code) => await lookups.FindAsync(code) is { } standing
        ? await TellAsync(http, standing, lookups.Read(code), "/counted/" + code)
        : Ask(http, StatusCodes.Status404NotFound, failed: true);

    private async Task<IResult> LookUpAsync(HttpContext http)
    {
        if (await Forms.ReadOpenAsync(http) is not { } form)
            return Ask(http, StatusCodes.Status400BadRequest, failed: true);
        var number = form["number"].ToString().Trim();
        return await lookups.FindAsync(number, form["code"].ToString().Trim()) is { } standing
            ? await TellAsync(http, standing, LookupCode.ReadNumber(number), "/counted")
            : Ask(http, StatusCodes.Status404NotFound, failed: true, number);
    }

    private async Task<IResult> TellAsync(HttpContext http, RatingStanding standing, LookupSubject? rating, string address)
    {
        var words = CitizenFrame.WordsOf(http);
        var led = rating is { } subject && await cases.FindAsync(subject, http.RequestAborted) is { } seen ? LedOf(seen, words) : null;
        return http.Citizens<CountedPage>(StatusCodes.Status200OK, words, new() { ["Address"] = address, ["Standing"] = standing, ["Case"] = led });
    }

    // Its forms are those of the page at which every case is followed; that is where the citizen goes on.
    private RatingLed LedOf(SeenCase seen, PageWords words) => new(
        FiledCaseView.TrackingPage + codes.TrackingCodeOf(seen.State.Id), CaseView.Of(seen, bureau.Current, clock.GetUtcNow().ToUnixTimeMilliseconds(), words), RatingIntake.Draw());

    private static IResult Ask(HttpContext http, int status, bool failed = false, string number = "") =>
        http.Citizens<CountedPage>(status, CitizenFrame.WordsOf(http), new() { ["Address"] = "/counted", ["Failed"] = failed, ["Number"] = number });
}
