using Feedback.Api.Access;
using Feedback.Api.Limits;
using Feedback.Grains.Lookups;
using Feedback.Web.Frame;

namespace Feedback.Web.Ratings;

/// <summary>The pages on which citizens see that their rating is counted.</summary>
internal static class CountedEndpoints
{
    private const string OpenBecause = "An unguessable code, or a number whose six digits may be tried five times a day; the answer tells neither grade nor text.";

    public static void MapCountedPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/counted", (HttpContext http) => Ask(http, StatusCodes.Status200OK)).IsOpen(OpenBecause).WithName("counted-form").ExcludeFromDescription();
        app.MapPost("/counted", LookUpAsync).TriesSecrets().IsOpen(OpenBecause).WithName("counted-lookup").ExcludeFromDescription();
        app.MapGet("/counted/{code}", async (HttpContext http, string code, RatingLookups lookups) =>
            await lookups.FindAsync(code) is { } standing ? Tell(http, standing, "/counted/" + code) : Ask(http, StatusCodes.Status404NotFound, failed: true))
            .IsOpen(OpenBecause).WithName("counted").ExcludeFromDescription();
    }

    private static async Task<IResult> LookUpAsync(HttpContext http, RatingLookups lookups)
    {
        if (await Forms.ReadOpenAsync(http) is not { } form)
            return Ask(http, StatusCodes.Status400BadRequest, failed: true);
        var number = form["number"].ToString().Trim();
        return await lookups.FindAsync(number, form["code"].ToString().Trim()) is { } standing
            ? Tell(http, standing, "/counted")
            : Ask(http, StatusCodes.Status404NotFound, failed: true, number);
    }

    private static IResult Tell(HttpContext http, RatingStanding standing, string address) =>
        http.Citizens<CountedPage>(StatusCodes.Status200OK, CitizenFrame.WordsOf(http), new() { ["Address"] = address, ["Standing"] = standing });

    private static IResult Ask(HttpContext http, int status, bool failed = false, string number = "") =>
        http.Citizens<CountedPage>(status, CitizenFrame.WordsOf(http), new() { ["Address"] = "/counted", ["Failed"] = failed, ["Number"] = number });
}
