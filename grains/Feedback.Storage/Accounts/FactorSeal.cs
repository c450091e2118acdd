using System.Security.Cryptography;
using System.Text;
using Feedback.Grains.Personal;

namespace Feedback.Storage.Accounts;

/// <summary>Seals the secrets of authenticator apps by AES-256-GCM, each for its account: another account's row cannot use it.</summary>
internal sealed class FactorSeal(BureauSecrets secrets)
{
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;
    private readonly byte[] _key = secrets.KeyFor("second-factor");

    /// <summary>The sealed secret: nonce, tag and cipher text in base64.</summary>
    public string Close(byte[] secret, string account)
    {
        var closed = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(closed.AsSpan(0, NonceLength), secret, closed.AsSpan(NonceLength + TagLength), closed.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(account));
        return Convert.ToBase64String(closed);
    }

    /// <summary>Opens what <see cref="Close"/> sealed.</summary>
    /// <exception cref="CryptographicException">It was changed, belongs to another account, or was sealed under another key.</exception>
    public byte[] Open(string text, string account)
    {
        var bytes = Convert.FromBase64String(text);
        var secret = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), secret, Encoding.UTF8.GetBytes(account));
        return secret;
    }
}
