using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Feedback.Grains.Keys;

/// <summary>A terminal's public key as it is sent and kept: SubjectPublicKeyInfo (RFC 5480, DER) of a point on P-256, in base64.</summary>
public static class PublicKeyText
{
    private const int Length = 91;

    // Every such structure begins alike: ecPublicKey on secp256r1, then 65 bytes of a point that is not compressed. Whatever begins
    // otherwise is not looked at, so that no library has to make sense of it.
    private static ReadOnlySpan<byte> Start =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>Reads a public key.</summary>
    /// <param name="text">The base64 of its DER.</param>
    /// <param name="key">The key, to be disposed of.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[Length + 2];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != Length || !bytes.StartsWith(Start))
            return false;
        var read = ECDsa.Create();
        try
        {
            read.ImportSubjectPublicKeyInfo(bytes[..length], out _);
            key = read;
            return true;
        }
        catch (CryptographicException)
        {
            // A point that is not on the curve.
            read.Dispose();
            return false;
        }
    }

    /// <summary>The one text of a key, however it was written, and the SHA-256 of its bytes.</summary>
    public static (string Text, string Hash) Of(ECDsa key)
    {
        var bytes = key.ExportSubjectPublicKeyInfo();
        return (Convert.ToBase64String(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
