using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Supervision;

namespace Feedback.Api.Alerts;

/// <summary>The endpoint that tells supervision who was told the identity of raters or the contact of citizens.</summary>
internal static class AlertRoutes
{
    public static void MapAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/alerts", HandleAsync)
            .Demands(Permission.ReadAlerts).WithName("alerts").WithTags("Evaluations")
            .WithSummary("Who was told the identity of raters or the contact of citizens within the reader's scope, when and why; newest first. Never what they were told.")
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .Produces<AlertPage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    private static async Task HandleAsync(HttpContext http, AccessCheck access, AlertList list)
    {
        var (after, limit, refusal) = EvaluationQuery.Paging(http.Request.Query);
        if (refusal is not null)
        {
            await Problem.WriteAsync(http, refusal);
            return;
        }

        var (alerts, next) = await list.FindAsync(access.ViewOf(http.GetCaller().ScopeHere), after, limit, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new AlertPage([.. alerts.Select(Alert.Of)], next), ApiJson.Options, http.RequestAborted);
    }
}

/// <summary>A page of alerts.</summary>
/// <param name="Alerts">Newest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null after the last.</param>
public sealed record AlertPage(IReadOnlyList<Alert> Alerts, long? Next);

/// <summary>Somebody was told who rated, or how the citizen of a case can be reached.</summary>
/// <param name="Version">The alert's version.</param>
/// <param name="Kind">identity-unmasked, subject-exported for what was told to a person about themselves, or contact-told.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who, as the audit trail names them.</param>
/// <param name="Window">The window's immutable id; null for a case.</param>
/// <param name="Evaluation">The evaluation's version; null for a case.</param>
/// <param name="Case">The case's immutable id; null for an evaluation.</param>
/// <param name="Reason">Why, as they said.</param>
public sealed record Alert(long Version, string Kind, DateTimeOffset At, string By, string? Window, long? Evaluation, string? Case, string Reason)
{
    internal static Alert Of(SeenAlert seen)
    {
        var (told, at) = (seen.Told, DateTimeOffset.FromUnixTimeMilliseconds(seen.Told.At));
        return told is ContactTold contact
            ? new Alert(seen.Version, KindOf(told), at, told.By, null, null, contact.Case.Value, told.Reason)
            : new Alert(seen.Version, KindOf(told), at, told.By, (told as IdentityUnmasked)?.Window.Value, (told as IdentityUnmasked)?.Evaluation, null, told.Reason);
    }

    /// <summary>The stable word of what happened.</summary>
    public static string KindOf(SupervisionEvent told) =>
        told is ContactTold ? "contact-told" : told.Reason == IdentityUnmasked.Export ? "subject-exported" : "identity-unmasked";
}
