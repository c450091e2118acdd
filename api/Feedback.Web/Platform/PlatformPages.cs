using Feedback.Api.Audit;
using Feedback.Api.Platform;
using Feedback.Domain.Access;
using Feedback.Domain.Time;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Platform;

/// <summary>The page that shows operators how the reporting to a higher platform fares.</summary>
internal static class PlatformPages
{
    public static void MapPlatformPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/platform", ShowAsync).PageDemandsEverywhere(Permission.SeeCluster).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, PlatformReading reading, AuditFilter bureau)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new PlatformPageModel(await reading.ReadAsync(http.RequestAborted), bureau.Zone);
        return http.Page<PlatformPage>(StatusCodes.Status200OK, parameters);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="View">How the reporting fares.</param>
/// <param name="Zone">The zone of its times.</param>
public sealed record PlatformPageModel(PlatformView View, HallZone Zone);
