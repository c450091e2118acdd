using Feedback.Api.Access;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Frame;

/// <summary>How every page is answered: rendered here, never cached, and allowed nothing but what we serve ourselves.</summary>
internal static class Pages
{
    private const string Policy =
        "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A page made by a component.</summary>
    public static IResult Page<TPage>(this HttpContext http, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        http.SetPageHeaders();
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status };
    }

    /// <summary>The headers of a page, and of files made for one reader.</summary>
    public static void SetPageHeaders(this HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
    }

    /// <summary>A page that says one thing.</summary>
    public static IResult Message(this HttpContext http, int status, string message) =>
        http.Page<MessagePage>(status, new() { ["Words"] = PageWords.For(http.Request), ["Message"] = message });

    /// <summary>A page that says why something was refused, as the API words it.</summary>
    public static IResult Refused(this HttpContext http, Refusal refusal)
    {
        var words = PageWords.For(http.Request);
        return http.Page<MessagePage>(Problem.StatusOf(refusal), new() { ["Words"] = words, ["Message"] = "", ["Told"] = Problem.TitleOf(refusal, words.Culture) });
    }

    /// <summary>A page for those who may do something: others are sent to sign in, and who did and may not is told that there is nothing.</summary>
    public static TBuilder PageDemands<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(EndpointPolicy.Demand(permission, RefuseAsync));

    /// <summary>The same for those who may do something in the whole bureau.</summary>
    public static TBuilder PageDemandsEverywhere<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(EndpointPolicy.Demand(permission, RefuseAsync, everywhere: true));

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => (refusal.Code == "too-many-requests"
        ? http.Message(StatusCodes.Status429TooManyRequests, "tooMany")
        : refusal.Code is "forbidden" or "cross-site"
        ? http.Message(StatusCodes.Status404NotFound, "notFound")
        : Results.LocalRedirect("/sign-in?back=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString))).ExecuteAsync(http);

    /// <summary>What the frame of a reader's page needs.</summary>
    public static Dictionary<string, object?> FrameFor(HttpContext http, IAntiforgery forms) => new()
    {
        ["Words"] = PageWords.For(http.Request),
        ["Account"] = http.GetCaller().Caller.Account?.Name,
        ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken,
        ["Address"] = http.Request.Path + http.Request.QueryString,
    };
}
