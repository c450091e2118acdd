using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Web.Frame;
using Orleans.Dashboard;

namespace Feedback.Web.Cluster;

/// <summary>The dashboard of Orleans, behind the same permission as the page of the cluster.</summary>
public static class DashboardPages
{
    /// <summary>Where it is.</summary>
    public const string Path = "/cluster/dashboard";

    // It comes with styles in its markup, and loads nothing from elsewhere.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The first would show what grains have stored, the second the machine's log with all its values.
    private static readonly string[] Closed = ["/GrainState", "/Trace"];

    /// <summary>Maps it; what shows stored states and the log stays closed to everybody.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        var dashboard = app.MapOrleansDashboard(Path);
        dashboard.PageDemandsEverywhere(Permission.SeeCluster).ExcludeFromDescription();
        ((IEndpointConventionBuilder)dashboard).Add(endpoint =>
        {
            if (Closed.Any(part => ((RouteEndpointBuilder)endpoint).RoutePattern.RawText!.StartsWith(Path + part, StringComparison.Ordinal)))
                endpoint.RequestDelegate = http => Problem.WriteAsync(http, new Refusal("not-found"));
        });
        dashboard.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
    }
}
