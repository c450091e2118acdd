using Feedback.Api.Access;
using Feedback.Domain.Access;

namespace Feedback.Api.Cluster;

/// <summary>How the silos fare, for operators and their programs.</summary>
internal static class ClusterEndpoint
{
    public static void MapCluster(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/cluster", async (ClusterReader reader) => Results.Json(await reader.ReadAsync(), ApiJson.Options))
            .DemandsEverywhere(Permission.SeeCluster).WithName("cluster").WithTags("Operation").WithSummary("How the silos of the cluster fare, and what is wrong.")
            .WithDescription("Every silo is asked at once; one that does not answer within a second is shown as silent. Only for those who may in the whole bureau.")
            .Produces<ClusterReport>().ProducesProblem(401).ProducesProblem(403);
}
