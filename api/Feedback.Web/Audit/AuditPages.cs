using Feedback.Api.Audit;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Audit;

/// <summary>What the page of the audit trail shows.</summary>
/// <param name="Page">The entries.</param>
/// <param name="Zone">The zone of their times.</param>
/// <param name="Asked">What was asked for, as the form has it.</param>
/// <param name="Mistaken">Whether something that was asked for cannot be understood; then nothing was looked for.</param>
/// <param name="Tree">The organisation, to name nodes.</param>
public sealed record AuditPageModel(AuditPage Page, HallZone Zone, AuditAsked Asked, bool Mistaken, OrganisationTree Tree);

/// <summary>What the form asked for.</summary>
/// <param name="From">The first day.</param>
/// <param name="Through">The last day.</param>
/// <param name="Actor">A part of the actor.</param>
/// <param name="Act">A part of the act.</param>
/// <param name="Target">A part of the target.</param>
/// <param name="Refused">true, false or nothing.</param>
public sealed record AuditAsked(string From, string Through, string Actor, string Act, string Target, string Refused)
{
    /// <summary>As the form sent it.</summary>
    public static AuditAsked Of(IQueryCollection query) => new(
        query["from"].ToString(), query["through"].ToString(), query["actor"].ToString().Trim(), query["act"].ToString().Trim(),
        query["target"].ToString().Trim(), query["refused"].ToString());

    /// <summary>The query of an address that asks for the same.</summary>
    public string Query => QueryOf("through", Through);

    /// <summary>The same as the API takes it, whose last day is the one after.</summary>
    public string ApiQuery => QueryOf("to", DateOnly.TryParse(Through, System.Globalization.CultureInfo.InvariantCulture, out var last) && last < DateOnly.MaxValue
        ? last.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "");

    private string QueryOf(string endName, string end) => string.Join('&', new[] { ("from", From), (endName, end), ("actor", Actor), ("act", Act), ("target", Target), ("refused", Refused) }
        .Where(member => member.Item2.Length > 0).Select(member => $"{member.Item1}={Uri.EscapeDataString(member.Item2)}"));
}

/// <summary>The page of the audit trail, for the audit administrator.</summary>
internal static class AuditPages
{
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/audit", ShowAsync).PageDemands(Permission.ReadAudit).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery forms, AuditFilter filter, IBureau bureau)
    {
        var asked = AuditAsked.Of(http.Request.Query);
        var after = http.Request.Query["after"].ToString();
        var page = await filter.TryFindAsync(http, asked.ApiQuery + (after.Length > 0 ? "&after=" + Uri.EscapeDataString(after) : ""));
        var parameters = Pages.FrameFor(http, forms);
        parameters["Model"] = new AuditPageModel(page ?? new AuditPage([], null), filter.Zone, asked, page is null, bureau.Current.Tree);
        return http.Page<AuditTrailPage>(page is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, parameters);
    }
}
