using System.Globalization;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Limits;

/// <summary>Marks endpoints at which passwords or codes can be tried.</summary>
public sealed class TriesSecrets
{
    internal static readonly TriesSecrets Mark = new();

    private TriesSecrets()
    {
    }
}

/// <summary>Marks endpoints at which strangers send files.</summary>
public sealed class TakesFiles
{
    internal static readonly TakesFiles Mark = new();

    private TakesFiles()
    {
    }
}

/// <summary>Lets strangers through to what is open, as many as may come.</summary>
public static class LimitGate
{
    /// <summary>Declares that passwords or codes can be tried at an endpoint: few from one address, but always some from browsers that signed in before.</summary>
    public static TBuilder TriesSecrets<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Limits.TriesSecrets.Mark);

    /// <summary>Declares that strangers send files to an endpoint: so many bytes an hour from one address, and none beyond that are read.</summary>
    public static TBuilder TakesFiles<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Limits.TakesFiles.Mark);

    /// <summary>Passes a request on to an endpoint that is open, unless too many came.</summary>
    internal static Task PassOpenAsync(HttpContext http, RouteEndpoint endpoint, EndpointPolicy policy, RequestDelegate next)
    {
        if (endpoint.Metadata.GetMetadata<TakesFiles>() is not null)
        {
            var passed = next;
            next = inner => FileBytes.PassAsync(inner, policy, passed);
        }

        var limits = http.RequestServices.GetRequiredService<RequestLimits>();
        var tries = endpoint.Metadata.GetMetadata<TriesSecrets>() is not null;
        var wait = tries ? limits.TakeTry(http) : limits.TakeOpen(http);
        return wait == TimeSpan.Zero ? next(http)
            : tries ? policy.Refuse(http, TooMany(http, wait))
            : PassKnownAsync(http, limits, wait, policy, next);
    }

    /// <summary>The refusal of a request that must wait; tells so in the answer's headers, too.</summary>
    /// <param name="http">The request.</param>
    /// <param name="wait">How long.</param>
    /// <param name="code">What was too much.</param>
    internal static Refusal TooMany(HttpContext http, TimeSpan wait, string code = "too-many-requests")
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return new Refusal(code, null, seconds, Retryable: true);
    }

    // Only once the address is used up is it worth to ask whether this is somebody who works here.
    private static async Task PassKnownAsync(HttpContext http, RequestLimits limits, TimeSpan wait, EndpointPolicy policy, RequestDelegate next)
    {
        if (await Sessions.FindAsync(http) is { } account)
            wait = limits.Take(Caller.Of(account));
        if (wait == TimeSpan.Zero)
            await next(http);
        else
            await policy.Refuse(http, TooMany(http, wait));
    }
}
