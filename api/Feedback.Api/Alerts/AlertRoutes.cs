using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Supervision;
using Feedback.Grains.Organisation;
using Feedback.Grains.Supervision;

namespace Feedback.Api.Alerts;

/// <summary>The endpoint that tells supervision who was told the identity of raters.</summary>
internal static class AlertRoutes
{
    private const int MostSeenPerPage = 2000;

    public static void MapAlerts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/alerts", HandleAsync)
            .Demands(Permission.ReadAlerts).WithName("alerts").WithTags("Evaluations")
            .WithSummary("Who was told the identity of raters within the reader's scope, when and why; newest first. Never what they were told.")
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .Produces<AlertPage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    private static async Task HandleAsync(HttpContext http, AccessCheck access, IBureau bureau, ISupervision supervision)
    {
        var (after, limit, refusal) = EvaluationQuery.Paging(http.Request.Query);
        if (refusal is not null)
        {
            await Problem.WriteAsync(http, refusal);
            return;
        }

        var (view, alerts, before, next) = (access.ViewOf(http.GetCaller().ScopeHere), new List<Alert>(limit), after, (long?)null);
        for (var seen = 0; next is null; seen += EvaluationQuery.MostOnPage)
        {
            var read = await supervision.NewestAsync(before, EvaluationQuery.MostOnPage, http.RequestAborted);
            foreach (var (version, unmasked) in read)
            {
                if (bureau.Current.Tree.Find(unmasked.Window) is not { } window || !view.Sees(window))
                    continue;
                if (alerts.Count == limit)
                {
                    next = alerts[^1].Version;
                    break;
                }

                alerts.Add(Alert.Of(version, unmasked));
            }

            if (read.Count == 0 || read[^1].Version == 1)
                break;
            before = read[^1].Version;
            if (seen >= MostSeenPerPage)
                next ??= before;
        }

        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new AlertPage(alerts, next), ApiJson.Options, http.RequestAborted);
    }
}

/// <summary>A page of alerts.</summary>
/// <param name="Alerts">Newest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null after the last.</param>
public sealed record AlertPage(IReadOnlyList<Alert> Alerts, long? Next);

/// <summary>Somebody was told who rated.</summary>
/// <param name="Version">The alert's version.</param>
/// <param name="Kind">identity-unmasked, or subject-exported for what was told to a person about themselves.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who, as the audit trail names them.</param>
/// <param name="Window">The window's immutable id.</param>
/// <param name="Evaluation">The evaluation's version.</param>
/// <param name="Reason">Why, as they said.</param>
public sealed record Alert(long Version, string Kind, DateTimeOffset At, string By, string Window, long Evaluation, string Reason)
{
    internal static Alert Of(long version, IdentityUnmasked unmasked) => new(
        version, unmasked.Reason == IdentityUnmasked.Export ? "subject-exported" : "identity-unmasked", DateTimeOffset.FromUnixTimeMilliseconds(unmasked.At), unmasked.By, unmasked.Window.Value, unmasked.Evaluation, unmasked.Reason);
}
