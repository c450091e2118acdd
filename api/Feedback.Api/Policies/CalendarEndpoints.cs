using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Grains.Organisation;
using Feedback.Grains.Policies;

namespace Feedback.Api.Policies;

/// <summary>The endpoints that tell and define the years of the calendar, which is one for the whole bureau.</summary>
internal static class CalendarEndpoints
{
    private const string One = "/api/v1/calendars/{year}";

    public static void MapCalendars(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/calendars", (IBureau bureau, TimeProvider clock) =>
                Results.Json(CalendarList.Of(bureau.Current.Policies.Calendar, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)), ApiJson.Options))
            .Demands(Permission.ReadPolicies).WithName("calendars").WithTags("Policies").WithSummary("The years whose holidays are known, and the one that is missing.")
            .WithDescription("A deadline that runs into a year that is not known waits until the year is defined.")
            .Produces<CalendarList>().ProducesProblem(401).ProducesProblem(403);

        routes.MapGet(One, (HttpContext http, string year, IBureau bureau) => ReadEndpoints.ForReaderAsync(http, _ =>
                Task.FromResult(YearOf(year) is var number && bureau.Current.Policies.Calendar.Year(number) is { } known
                    ? Results.Json(CalendarView.Of(known), ApiJson.Options)
                    : throw Members.Refuse("calendar-unknown", "year", year))))
            .Demands(Permission.ReadPolicies).WithName("calendar").WithTags("Policies").WithSummary("The holidays of a year, and the Saturdays and Sundays that are worked for them.")
            .Produces<CalendarView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        routes.MapPut(One, (HttpContext http, string year, PolicyChanges changes) => ReadEndpoints.ForReaderAsync(http, async _ =>
            {
                var number = YearOf(year);
                var defined = await RequestBody.ReadAsync(http.Request, body => CalendarBodies.Read(number, body));
                return await changes.DefineAsync(defined, PolicyEndpoints.ActorOf(http)) is { } refusal
                    ? throw new RefusedException(refusal)
                    : Results.Json(CalendarView.Of(defined), ApiJson.Options);
            }))
            .DemandsEverywhere(Permission.ManagePolicies).WithName("calendar-define").WithTags("Policies").WithSummary("Defines the holidays of a year as they were announced; what was known of it before is replaced.")
            .WithDescription("Deadlines that waited for the year are worked out. Only for those who may in the whole bureau. Audited.")
            .Accepts<CalendarBody>("application/json")
            .Produces<CalendarView>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
    }

    private static int YearOf(string text) => text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1950 and <= 2200
        ? year
        : throw Members.Refuse("count-invalid", "year", "1950–2200");
}
