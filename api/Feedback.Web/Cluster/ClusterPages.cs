using Feedback.Api.Audit;
using Feedback.Api.Cluster;
using Feedback.Domain.Access;
using Feedback.Domain.Time;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cluster;

/// <summary>The page that shows operators how the silos fare.</summary>
internal static class ClusterPages
{
    public static void MapClusterPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/cluster", ShowAsync).PageDemandsEverywhere(Permission.SeeCluster).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, ClusterReader reader, AuditFilter bureau, EndpointDataSource endpoints)
    {
        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new ClusterPageModel(
            await reader.ReadAsync(), bureau.Zone,
            endpoints.Endpoints.Any(endpoint => endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.StartsWith(DashboardPages.Path, StringComparison.Ordinal)));
        return http.Page<ClusterPage>(StatusCodes.Status200OK, parameters);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Report">How the silos fare.</param>
/// <param name="Zone">The zone of its times.</param>
/// <param name="HasDashboard">Whether the dashboard of Orleans can be opened.</param>
public sealed record ClusterPageModel(ClusterReport Report, HallZone Zone, bool HasDashboard);
