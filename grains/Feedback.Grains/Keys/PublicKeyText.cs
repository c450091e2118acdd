using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Feedback.Grains.Keys;

/// <summary>A terminal's public key as it is sent and kept: SubjectPublicKeyInfo (RFC 5480, DER) of a point on P-256, in base64.</summary>
public static class PublicKeyText
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int Longest = 200;

    /// <summary>Reads a public key.</summary>
    /// <param name="text">The base64 of its DER.</param>
    /// <param name="key">The key, to be disposed of.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[Longest];
        if (text.Length > Longest || !Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        var read = ECDsa.Create();
        try
        {
            read.ImportSubjectPublicKeyInfo(bytes[..length], out var used);
            if (used == length && read.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == P256)
            {
                key = read;
                return true;
            }
        }
        catch (CryptographicException)
        {
            // No such structure, another algorithm, or a point that is not on the curve.
        }

        read.Dispose();
        return false;
    }

    /// <summary>The one text of a key, however it was written, and the SHA-256 of its bytes.</summary>
    public static (string Text, string Hash) Of(ECDsa key)
    {
        var bytes = key.ExportSubjectPublicKeyInfo();
        return (Convert.ToBase64String(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
