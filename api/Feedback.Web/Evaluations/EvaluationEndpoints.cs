using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Web.Frame;
using Feedback.Web.Periods;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Evaluations;

/// <summary>The page of a window's single evaluations, and what is done there for a reason.</summary>
internal static class EvaluationEndpoints
{
    private const string Page = "/nodes/{window}/evaluations";

    public static void MapEvaluations(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (string window, HttpContext http, AccessCheck access, SingleEvaluations evaluations, IAntiforgery forms, TimeProvider clock) =>
                ShowAsync(window, http, access, evaluations, forms, clock))
            .PageDemands(Permission.ReadEvaluations).ExcludeFromDescription();

        app.MapPost(Page + "/{version:long}/unmask", (string window, long version, HttpContext http, AccessCheck access, SingleEvaluations evaluations, IAntiforgery forms) =>
                DoAsync(http, access, forms, window, ReasonReader.ShortestToUnmask, async (found, reason) =>
                {
                    var (told, refusal) = await evaluations.UnmaskAsync(http, found, version, reason);
                    if (told is null)
                        return (null, refusal);
                    var parameters = Pages.FrameFor(http, forms);
                    (parameters["Window"], parameters["Told"], parameters["Reason"]) = (found, told, reason);
                    // A page that a form made cannot be shown again by its address.
                    parameters["Address"] = $"/nodes/{found.Id}/evaluations";
                    return (http.Page<UnmaskedPage>(StatusCodes.Status200OK, parameters), null);
                }))
            .PageDemands(Permission.Unmask).ExcludeFromDescription();

        MapExclusion(app, "exclude", excluded: true);
        MapExclusion(app, "reinstate", excluded: false);
    }

    private static void MapExclusion(IEndpointRouteBuilder app, string act, bool excluded) =>
        app.MapPost(Page + "/{version:long}/" + act, (string window, long version, HttpContext http, AccessCheck access, SingleEvaluations evaluations, IAntiforgery forms) =>
                DoAsync(http, access, forms, window, ReasonReader.Shortest, async (found, reason) =>
                    (await evaluations.SetExcludedAsync(http, found, version, excluded, reason)).Refusal is { } refusal
                        ? (null, refusal)
                        : (Results.LocalRedirect($"/nodes/{found.Id}/evaluations?{http.Request.QueryString.Value?.TrimStart('?')}"), null)))
            .PageDemands(Permission.Exclude).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(
        string node, HttpContext http, AccessCheck access, SingleEvaluations evaluations, IAntiforgery forms, TimeProvider clock)
    {
        if (await FindAsync(http, access, node) is not { } window)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var period = ShownPeriod.Read(http.Request.Query, window.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day);
        var after = long.TryParse(http.Request.Query["after"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : (long?)null;
        var words = PageWords.For(http.Request);
        var parameters = Pages.FrameFor(http, forms);
        try
        {
            parameters["List"] = await evaluations.ListAsync(http, window, new EvaluationQuery(period.Shown.From, period.Shown.To, after, 50, OldestFirst: false), words.Culture);
        }
        catch (JournalBusyException)
        {
            return http.Message(StatusCodes.Status503ServiceUnavailable, "tryAgain");
        }

        (parameters["Window"], parameters["Period"]) = (window, period);
        parameters["MayUnmask"] = evaluations.May(http, Permission.Unmask, window);
        parameters["MayExclude"] = evaluations.May(http, Permission.Exclude, window);
        return http.Page<EvaluationsPage>(StatusCodes.Status200OK, parameters);
    }

    private static async Task<IResult> DoAsync(
        HttpContext http, AccessCheck access, IAntiforgery forms, string node, int shortest, Func<Node, string, Task<(IResult? Page, Refusal? Refusal)>> perform)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        if (await FindAsync(http, access, node) is not { } window)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var (reason, refusal) = ReasonReader.Fit(form["reason"].ToString(), shortest);
        try
        {
            var page = (IResult?)null;
            if (reason is not null)
                (page, refusal) = await perform(window, reason);
            return page ?? (refusal!.Code is "recused" or "review-inside" or "appeal-open" or "appeal-decided" or "rating-excluded-in-case"
                ? http.Refused(refusal)
                : http.Message(Problem.StatusOf(refusal), refusal.Code switch { "reason-unfit" => "reasonUnfit", "evaluation-unknown" => "notFound", _ => "tryAgain" }));
        }
        catch (JournalBusyException)
        {
            return http.Message(StatusCodes.Status503ServiceUnavailable, "tryAgain");
        }
    }

    private static async Task<Node?> FindAsync(HttpContext http, AccessCheck access, string node) =>
        await access.FindAsync(node, http.GetCaller().ScopeHere) is { Kind: NodeKind.Window } window ? window : null;
}
