using Feedback.Api.Access;
using Feedback.Api.Intake;

namespace Feedback.Api.Limits;

/// <summary>
/// Counts the bytes that a stranger sends along: all that a request announces before anything of it is read, and what one that
/// announces nothing sends as it is read. What was announced and did not come is given back.
/// </summary>
internal static class FileBytes
{
    private const string TooManyCode = "too-many-bytes";

    // Above what any endpoint takes.
    private const long Longest = 64 * 1024 * 1024;

    /// <summary>Passes a request on to an endpoint that takes files, unless its address sent too many bytes.</summary>
    public static async Task PassAsync(HttpContext http, EndpointPolicy policy, RequestDelegate next)
    {
        var limits = http.RequestServices.GetRequiredService<RequestLimits>();
        // What no endpoint takes is refused by its length, and needs no room here.
        var announced = Math.Min(http.Request.ContentLength ?? 0, Longest);
        if (announced > 0 && limits.TakeFileBytes(http, announced) is { Ticks: > 0 } wait)
        {
            await policy.Refuse(http, LimitGate.TooMany(http, wait, TooManyCode));
            return;
        }

        var body = new CountedBody(http.Request.Body, announced, more =>
        {
            if (limits.TakeFileBytes(http, more) is { Ticks: > 0 } untilThen)
                throw new RefusedException(LimitGate.TooMany(http, untilThen, TooManyCode));
        });
        http.Request.Body = body;
        try
        {
            await next(http);
        }
        catch (RefusedException e) when (e.Refusal.Code == TooManyCode && !http.Response.HasStarted)
        {
            await policy.Refuse(http, e.Refusal);
        }
        finally
        {
            if (body.Left > 0)
                limits.GiveFileBytes(http, body.Left);
        }
    }
}
