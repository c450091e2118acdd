using Feedback.Api.Open311;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Access;

/// <summary>
/// Finds out who makes a request. Terminals prove themselves by <c>X-Device-Key</c>, programs by <c>Authorization: Bearer</c>
/// or, where <see cref="TakesApiKey"/> says so, by <c>api_key</c>, people by the session of their account.
/// </summary>
public sealed class Callers(IBureau bureau, SignedRequests signed, TimeProvider clock)
{
    /// <summary>The header with a device key.</summary>
    public const string DeviceKeyHeader = "X-Device-Key";

    private const string Bearer = "Bearer ";

    /// <summary>Who makes a request for which something is demanded; or why nobody is believed.</summary>
    public async ValueTask<(Caller Caller, Refusal? Refusal)> FindAsync(HttpContext http, Permission demanded)
    {
        if (Rights.OfTerminals.Contains(demanded))
            return await TerminalAsync(http, demanded);
        if (http.Request.Headers.Authorization.Count > 0)
            return await ByKeyAsync(BearerOf(http.Request), KeyPurpose.Read);
        var (apiKey, unread) = await ApiKeys.FindAsync(http);
        if (apiKey is not null || unread is not null)
            return unread is null ? await ByKeyAsync(apiKey, KeyPurpose.Read) : (Caller.Unknown, unread);
        if (await Sessions.FindAsync(http) is not { } account)
            return (Caller.Unknown, new Refusal("key-missing"));
        return IsFromElsewhere(http.Request) ? (Caller.Of(account), new Refusal("cross-site")) : (Caller.Of(account), null);
    }

    /// <summary>Whether the key, token or session that a request was let in by is still good, for answers that last.</summary>
    public async Task<bool> IsStillGoodAsync(HttpContext http, CallerOf caller) => caller.Caller.Account is { } account
        ? await Sessions.IsGoodAsync(http, account)
        : (await FindAsync(http, caller.Permission)).Refusal is null;

    // Events are signed one by one, see Row; what is no event is signed as a request.
    private async ValueTask<(Caller Caller, Refusal? Refusal)> TerminalAsync(HttpContext http, Permission demanded)
    {
        var header = demanded == Permission.PushEvents ? "" : http.Request.Headers[SignedRequests.Header].ToString();
        if (header.Length == 0)
            return await ByKeyAsync(http.Request.Headers[DeviceKeyHeader].ToString(), KeyPurpose.Device);
        var (key, refusal) = await signed.FindAsync(http, header);
        return key is null ? (Caller.Unknown, refusal) : (Caller.OfTerminal(key), null);
    }

    private async ValueTask<(Caller Caller, Refusal? Refusal)> ByKeyAsync(string? secret, KeyPurpose purpose)
    {
        if (string.IsNullOrEmpty(secret))
            return (Caller.Unknown, new Refusal("key-missing"));
        // A key may have been issued on another silo a moment ago: look once more before refusing it.
        var key = bureau.Current.Keys.Find(secret) ?? (await bureau.RefreshAsync()).Keys.Find(secret);
        if (key is not { Revoked: false } || key.Purpose != purpose)
            return (Caller.Unknown, new Refusal("key-invalid"));
        var caller = purpose == KeyPurpose.Device ? Caller.OfTerminal(key) : Caller.OfToken(key);
        if (key.HasEndedAt(clock.GetUtcNow().ToUnixTimeMilliseconds()))
            return (caller, new Refusal("key-expired", null, key.Id));
        // Whoever enrolled to sign is not believed for showing a secret: others may have seen it on its way.
        return key.Signs ? (caller, new Refusal("signature-required", null, key.Id)) : (caller, null);
    }

    /// <summary>
    /// Whether another site made a browser send a request, as far as the browser tells: by Sec-Fetch-Site, and older ones by Origin.
    /// What only reads never is: it shows that site nothing.
    /// </summary>
    public static bool IsFromElsewhere(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;
}
