using System.Globalization;
using System.Security.Cryptography;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Api.Access;

/// <summary>
/// Requests of signing terminals that are no events: <c>X-Signature: k7.MILLISECONDS.BASE64URL</c> over what is called, when, and
/// the body. Each call changes nothing when it is repeated, so it needs no nonce: five minutes bound what a listener could repeat.
/// </summary>
public sealed class SignedRequests(IBureau bureau, SignatureCheck check, TimeProvider clock)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Signature";

    /// <summary>How far the time that was signed may be from now, either way.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private const int LargestBody = 64 * 1024;
    private const int LongestTime = 15;

    /// <summary>The key that signed a request, or why it is not believed. Afterwards the body can be read as if nobody had.</summary>
    public async ValueTask<(IssuedKey? Key, Refusal? Refusal)> FindAsync(HttpContext http, string header)
    {
        if (!TryParse(header, out var at, out var signature))
            return Refused("signature-malformed");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // The time before all else: what is too old is not worth a look.
        if (Math.Abs(now - at) > (long)Slack.TotalMilliseconds)
            return Refused("signature-time", now.ToString(CultureInfo.InvariantCulture));
        if ((Known(bureau.Current.Keys, signature!) ?? Known((await bureau.RefreshAsync()).Keys, signature!)) is not { } key)
            return Refused("signing-key-unknown", signature!.Key);
        if (await BodyAsync(http) is not { } body)
            return (null, new Refusal("body-too-large", null, LargestBody.ToString(CultureInfo.InvariantCulture)));
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        try
        {
            if (!check.IsRight(key, http.Request.Method, target, at, body, signature!))
                return Refused("signature-wrong", key.Id);
        }
        catch (CryptographicException)
        {
            // The bureau's master key is another one: nothing is wrong with the request, and the terminal must send it again.
            return (null, new Refusal("unexpected", Header, Retryable: true));
        }

        return key.Revoked ? Refused("signing-key-revoked", key.Id)
            : key.HasEndedAt(now) ? Refused("signing-key-expired", key.Id)
            : (key, null);
    }

    /// <summary>Reads the header.</summary>
    public static bool TryParse(string header, out long at, out Signature? signature)
    {
        (at, signature) = (0, null);
        var parts = header.Split('.');
        return parts.Length == 3
            && parts[1].Length is > 0 and <= LongestTime && parts[1][0] != '0'
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out at)
            && Signature.TryParse($"{parts[0]}.{parts[2]}", out signature);
    }

    private static IssuedKey? Known(KeyRing keys, Signature signature) =>
        keys.FindById(signature.Key) is { Purpose: KeyPurpose.Device, Signs: true } key ? key : null;

    // In memory only: what a terminal says must not end up in a temporary file.
    private static async Task<byte[]?> BodyAsync(HttpContext http)
    {
        http.Request.EnableBuffering(bufferThreshold: LargestBody + 1, bufferLimit: LargestBody);
        using var copy = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        }
        catch (IOException)
        {
            return null;
        }

        http.Request.Body.Position = 0;
        return copy.ToArray();
    }

    private static (IssuedKey?, Refusal?) Refused(string code, string? value = null) => (null, new Refusal(code, Header, value));
}
