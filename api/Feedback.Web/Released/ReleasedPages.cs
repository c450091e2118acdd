using Feedback.Analytics.Periods;
using Feedback.Api.Access;
using Feedback.Api.Released;
using Feedback.Domain.Access;
using Feedback.Web.Frame;
using Feedback.Web.Periods;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Released;

/// <summary>The pages of the rated: what is released of the places that they may know of, and nothing else.</summary>
internal static class ReleasedPages
{
    /// <summary>What the reader can choose; today alone would nearly always be empty.</summary>
    public static readonly IReadOnlyList<string> Choices = ["7days", "30days", "month", "quarter", "year"];

    public static void MapReleasedPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/released", Start).PageDemands(Permission.ReadReleased).ExcludeFromDescription();
        app.MapGet("/released/{node}", ShowAsync).PageDemands(Permission.ReadReleased).ExcludeFromDescription();
    }

    private static IResult Start(HttpContext http, AccessCheck access, IAntiforgery forms)
    {
        var tops = access.ViewOf(http.GetCaller().ScopeHere).Tops.ToList();
        if (tops is [var only])
            return Results.LocalRedirect("/released/" + only.Id);
        var parameters = Pages.FrameFor(http, forms);
        parameters["Tops"] = tops;
        return http.Page<ReleasedStartPage>(StatusCodes.Status200OK, parameters);
    }

    private static async Task<IResult> ShowAsync(string node, HttpContext http, AccessCheck access, ReleasedReader reader, IAntiforgery forms)
    {
        if (await access.FindAsync(node, http.GetCaller().ScopeHere) is not { } found)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var period = ShownPeriod.Read(http.Request.Query, reader.TodayAt(found));
        var parameters = Pages.FrameFor(http, forms);
        parameters["Node"] = found;
        parameters["Period"] = period;
        parameters["Figures"] = (await reader.SlicesAsync(found, period.Shown, PeriodUnit.Total))[0];
        parameters["ShownBefore"] = reader.ShownBefore(found);
        return http.Page<ReleasedPage>(StatusCodes.Status200OK, parameters);
    }
}
