using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Alerts;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Supervision;
using Feedback.Grains.Cases;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Alerts;

/// <summary>What the page of alerts shows.</summary>
/// <param name="Alerts">The alerts, newest first.</param>
/// <param name="Numbers">The readable numbers of their cases.</param>
/// <param name="Next">Where the next page goes on; null after the last.</param>
public sealed record AlertPageModel(IReadOnlyList<SeenAlert> Alerts, IReadOnlyDictionary<CaseId, string> Numbers, long? Next);

/// <summary>The page on which supervision sees who was told the identity of raters or the contact of citizens.</summary>
internal static class AlertPages
{
    private const int PageSize = 50;

    public static void MapAlertPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/alerts", ShowAsync).PageDemands(Permission.ReadAlerts).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, AccessCheck access, AlertList list, ICaseStore cases)
    {
        var after = long.TryParse(http.Request.Query["after"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) && cursor > 0 ? cursor : (long?)null;
        var (alerts, next) = await list.FindAsync(access.ViewOf(http.GetCaller().ScopeHere), after, PageSize, http.RequestAborted);
        var numbers = new Dictionary<CaseId, string>();
        foreach (var id in alerts.Select(alert => alert.Told).OfType<ContactTold>().Select(told => told.Case).Distinct())
        {
            if (await cases.FindAsync(id, http.RequestAborted) is { } row)
                numbers[id] = row.Number;
        }

        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new AlertPageModel(alerts, numbers, next);
        return http.Page<AlertsPage>(StatusCodes.Status200OK, parameters);
    }
}
