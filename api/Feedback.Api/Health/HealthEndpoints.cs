using Feedback.Api.Access;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Health;

/// <summary>Tells load balancers and service managers whether to send requests here, and whether to start this process anew.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", (HttpContext http, Readiness readiness) => AnswerAsync(http, readiness.Hopeless, "live"))
            .IsOpen("Tells that the process runs, and nothing else.").WithName("process-runs").WithTags("Health").WithSummary("The process runs.")
            .WithDescription("503 only when nothing but a new start helps: the journal's disk failed, or the database was restored or lacks what was stored.").ProducesProblem(503);
        routes.MapGet("/healthz/ready", async (HttpContext http, Readiness readiness) => await AnswerAsync(http, await readiness.CheckAsync(http.RequestAborted), "ready"))
            .IsOpen("Tells whether this silo can serve, and nothing else.").WithName("journal-commits").WithTags("Health").WithSummary("The journal commits.")
            .WithDescription("503 while this silo cannot serve; the code says why: draining, not-member, not-loaded, not-ready (the journal does not commit within a second) or restart-needed.")
            .ProducesProblem(503);
    }

    private static Task AnswerAsync(HttpContext http, Refusal? refusal, string good)
    {
        if (refusal is not null)
            return Problem.WriteAsync(http, refusal);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(good, http.RequestAborted);
    }
}
