using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;
using Microsoft.Extensions.Primitives;

namespace Feedback.Api.Addresses;

/// <summary>What a request passes before any page or endpoint sees it, on a service that has a public address.</summary>
public static class Gates
{
    /// <summary>Where health checks are: probes come by IP address, and without encryption.</summary>
    public const string Health = "/healthz";

    private static readonly StringSegment[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Refuses requests for other names than the public one and loopback's, and leads those that came without encryption to
    /// HTTPS. What carries a key is refused instead: it was readable on its way already, and must not go on unnoticed.
    /// Callers on the machine itself need no encryption.
    /// </summary>
    public static void UsePublicGates(this IApplicationBuilder app, PublicAddress address)
    {
        if (address.Url is null)
            return;
        var own = address.Url.HostNameType == UriHostNameType.IPv6 ? address.Url.Host : address.Url.IdnHost;
        StringSegment[] names = [own, .. Loopback], exempt = [.. Loopback.Where(name => name != own)];
        app.Use((http, next) => AnswerOf(http.Request, address, names, exempt) is { } answer ? answer(http) : next(http));
        if (address.IsHttps)
            app.UseHsts();
    }

    private static RequestDelegate? AnswerOf(HttpRequest request, PublicAddress address, StringSegment[] names, StringSegment[] exempt)
    {
        if (request.Path.StartsWithSegments(Health))
            return null;
        if (!HostString.MatchesAny(request.Host.Host, names))
            return http => Problem.WriteAsync(http, new Refusal("host-unknown", null, request.Host.Value));
        if (!address.IsHttps || request.IsHttps || HostString.MatchesAny(request.Host.Host, exempt))
            return null;
        if (request.Path.StartsWithSegments("/api") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            return http => Problem.WriteAsync(http, new Refusal("https-required", null, address.Text));
        return http =>
        {
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            http.Response.Headers.Location = address.At(request.PathBase + request.Path.ToUriComponent() + request.QueryString.ToUriComponent());
            return Task.CompletedTask;
        };
    }
}
