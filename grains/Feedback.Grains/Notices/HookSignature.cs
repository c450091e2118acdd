using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Grains.Notices;

/// <summary>
/// Keys and signatures of hooks as Standard Webhooks has them (standardwebhooks.com, specification 1.0.0, "Signature scheme"):
/// HMAC-SHA-256 over <c>id.timestamp.body</c>.
/// </summary>
public static class HookSignature
{
    private const string Prefix = "whsec_";
    private const int ShortestKey = 24;
    private const int LongestKey = 64;

    /// <summary>Reads a key: <c>whsec_</c> and 24 to 64 bytes in base64; null for any other text.</summary>
    public static ImmutableArray<byte>? KeyOf(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var key = new byte[LongestKey + 1];
        return Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length is >= ShortestKey and <= LongestKey ? [.. key.AsSpan(0, length)] : null;
    }

    /// <summary>The header <c>webhook-signature</c>: a signature by each key, with spaces between.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="id">The header <c>webhook-id</c>; it has no dot.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970, UTC.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(IEnumerable<ImmutableArray<byte>> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key.AsSpan(), signed))));
    }
}
