using Feedback.Api.Access;
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

    /// <summary>Answers whoever signed in; sends all others to the sign-in, and back afterwards.</summary>
    public static async Task<IResult> ForReaderAsync(HttpContext http, AccessCheck access, Func<Reader, Task<IResult>> answer)
    {
        var (reader, _) = await access.CheckReaderAsync(http.Request);
        if (reader is null)
            return Results.LocalRedirect("/sign-in?back=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        return await answer(reader);
    }

    /// <summary>What the frame of a signed-in reader's page needs.</summary>
    public static Dictionary<string, object?> FrameFor(HttpContext http, Reader reader, IAntiforgery forms) => new()
    {
        ["Words"] = PageWords.For(http.Request),
        ["Account"] = reader.Account?.Name,
        ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken,
        ["Address"] = http.Request.Path + http.Request.QueryString,
    };
}
