using System.Security.Cryptography;

namespace Feedback.Grains.Checkpoints;

/// <summary>
/// The key that signs checkpoints: ECDSA on P-256 with SHA-256. It is kept outside every database, so that whoever rewrites one
/// cannot sign what they made of it. All silos of a cluster have the same.
/// </summary>
public sealed class CheckpointKey : IDisposable
{
    private readonly ECDsa _key;

    private CheckpointKey(ECDsa key) => _key = key;

    /// <summary>Draws a key.</summary>
    public static CheckpointKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such key.</exception>
    public static CheckpointKey Parse(string text) => new(ReadPem(text));

    /// <summary>The private key in PEM.</summary>
    public string ToText() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The public key in PEM, for those who verify elsewhere.</summary>
    public string PublicText() => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Signs; DER in base64.</summary>
    public string Sign(ReadOnlySpan<byte> text) =>
        Convert.ToBase64String(_key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static ECDsa ReadPem(string text)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException("This is no ECDSA key in PEM: " + e.Message, e);
        }
    }
}

/// <summary>The public key by which checkpoints are believed.</summary>
public sealed class CheckpointTrust : IDisposable
{
    private readonly ECDsa _key;

    private CheckpointTrust(ECDsa key) => _key = key;

    /// <summary>Reads a public key in PEM, or the public part of a private one.</summary>
    /// <exception cref="FormatException">It is no such key.</exception>
    public static CheckpointTrust Parse(string text) => new(CheckpointKey.ReadPem(text));

    /// <summary>Whether the key's owner signed a text.</summary>
    public bool Believes(ReadOnlySpan<byte> text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && _key.VerifyData(text, bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
