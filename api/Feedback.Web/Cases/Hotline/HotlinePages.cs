using Feedback.Api.Access;
using Feedback.Api.Hotline;
using Feedback.Domain.Access;
using Feedback.Domain.Hotline;
using Feedback.Domain.Organisation;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Cases.Hotline;

/// <summary>The city's own figures of its hotline beside ours, as a page and as CSV.</summary>
internal sealed class HotlinePages(AccessCheck access, HotlineFigureReader figures, IAntiforgery forms)
{
    /// <summary>The page's address.</summary>
    public const string Address = "/cases/hotline";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http, HotlinePages pages) => pages.ShowAsync(http)).PageDemands(Permission.ReadFigures).ExcludeFromDescription();
        app.MapGet(Address + ".csv", (HttpContext http, HotlinePages pages) => pages.DownloadAsync(http)).PageDemands(Permission.ReadFigures).ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        if (await FindAsync(http) is not ({ } node, var month))
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var mistaken = month is null;
        var parameters = Pages.FrameFor(http, forms);
        parameters["Month"] = await figures.ReadAsync(node, month ?? LastMonthAt(node, http), http.RequestAborted);
        parameters["Mistaken"] = mistaken;
        return http.Page<HotlinePage>(mistaken ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, parameters);
    }

    private async Task<IResult> DownloadAsync(HttpContext http)
    {
        if (await FindAsync(http) is not ({ } node, { } month))
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var read = await figures.ReadAsync(node, month, http.RequestAborted);
        http.SetPageHeaders();
        return Results.File(HotlineCsv.Of(read, PageWords.For(http.Request)), "text/csv; charset=utf-8", $"12345-{node.Id}-{HotlineFigures.MonthText(month)}.csv");
    }

    // Where nothing is asked for, the last whole month of the reader's first place; no month where it is mistaken.
    private async Task<(Node? Node, DateOnly? Month)> FindAsync(HttpContext http)
    {
        var scope = http.GetCaller().ScopeHere;
        var (place, text) = (http.Request.Query["node"].ToString().Trim(), http.Request.Query["month"].ToString().Trim());
        var node = place.Length > 0 ? await access.FindAsync(place, scope) : access.ViewOf(scope).Tops.FirstOrDefault();
        if (node is null)
            return (null, null);
        var month = text.Length == 0 ? LastMonthAt(node, http) : HotlineFigureReader.MonthOf(text);
        return (node, month <= access.ViewOf(scope).TodayAt(node) ? month : null);
    }

    private DateOnly LastMonthAt(Node node, HttpContext http)
    {
        var today = access.ViewOf(http.GetCaller().ScopeHere).TodayAt(node);
        return new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
    }
}
