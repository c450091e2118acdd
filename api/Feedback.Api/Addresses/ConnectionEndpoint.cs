using Feedback.Api.Access;

namespace Feedback.Api.Addresses;

/// <summary>How the service sees a caller's connection.</summary>
/// <param name="Scheme"><c>https</c> when the caller's side of it is encrypted.</param>
/// <param name="Host">The name under which it was called.</param>
/// <param name="Client">The caller's own IP address; a proxy's when none is trusted.</param>
public sealed record SeenConnection(string Scheme, string Host, string? Client);

/// <summary>Tells callers how their connection arrives here. They learn nothing but their own address; <c>self-test</c> needs it.</summary>
internal static class ConnectionEndpoint
{
    public static void MapConnection(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Gates.Health + "/connection", (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(new SeenConnection(http.Request.Scheme, http.Request.Host.Value ?? "", CallerAddress.Of(http)));
        }).IsOpen("Tells callers their own address.").WithName("connection").WithTags("Health").WithSummary("How this connection arrives: scheme, host and the caller's address.");
}
