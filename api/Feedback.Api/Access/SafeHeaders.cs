namespace Feedback.Api.Access;

/// <summary>The headers of every answer. Pages add a policy of their own, and what may be kept says so itself.</summary>
public static class SafeHeaders
{
    /// <summary>Sets them before anything else happens to a request.</summary>
    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.SetSafeHeaders();
        return next(http);
    });

    /// <summary>Nothing is taken for another media type, told to other sites, or kept on the way.</summary>
    internal static void SetSafeHeaders(this HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // As the seals of forms set it, too: they warn where something less was set before them.
        headers.CacheControl = "no-cache, no-store";
    }
}
