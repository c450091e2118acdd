using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Feedback.Domain.Keys;

/// <summary>A signature as terminals send it: the key's id, a full stop, and 32 bytes (HMAC) or 64 bytes (ECDSA, r ‖ s) in base64url.</summary>
/// <param name="Key">The id of the key, such as <c>k7</c>.</param>
/// <param name="Bytes">The bytes in base64url without padding, as events keep them.</param>
public sealed record Signature(string Key, string Bytes)
{
    /// <summary>The length of an HMAC-SHA-256.</summary>
    public const int HmacLength = 32;

    /// <summary>The length of an ECDSA signature on P-256: r and s, 32 bytes each, most significant first (IEEE P1363).</summary>
    public const int EcdsaLength = 64;

    /// <summary>The most characters that one may have.</summary>
    public const int Longest = 128;

    private const int LongestKey = 10;

    /// <summary>Reads a signature such as <c>k7.AbC…</c>; one that could be written in another way, too, is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Signature? signature)
    {
        signature = null;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (text.Length > Longest || dot < 0 || !IsKey(text.AsSpan(0, dot)) || !IsBytes(text.AsSpan(dot + 1)))
            return false;
        signature = new Signature(text[..dot], text[(dot + 1)..]);
        return true;
    }

    /// <summary>Writes the bytes.</summary>
    /// <param name="target">At least <see cref="EcdsaLength"/> bytes.</param>
    /// <returns>How many there are.</returns>
    public int CopyTo(Span<byte> target) => Base64Url.DecodeFromChars(Bytes, target);

    /// <inheritdoc/>
    public override string ToString() => $"{Key}.{Bytes}";

    private static bool IsKey(ReadOnlySpan<char> id) =>
        id.Length is >= 2 and <= LongestKey && id[0] == 'k' && id[1] != '0' && !id[1..].ContainsAnyExceptInRange('0', '9');

    // 43 and 86 characters hold two and four bits more than the bytes need: these must be zero, or one signature had several texts.
    private static bool IsBytes(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[EcdsaLength + 2];
        Span<char> again = stackalloc char[Longest];
        return text.Length is 43 or 86
            && Base64Url.IsValid(text, out var length) && length is HmacLength or EcdsaLength
            && Base64Url.TryDecodeFromChars(text, bytes, out length)
            && Base64Url.TryEncodeToChars(bytes[..length], again, out var written)
            && text.SequenceEqual(again[..written]);
    }
}
