using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Keys;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Keys;

/// <summary>
/// Seals the secrets that terminals sign with: the server needs them, and whoever steals its database must not have them. AES-256-GCM
/// under a key derived from the master key, which lies outside the database; bound to the key's id.
/// </summary>
public sealed class KeySeal(BureauSecrets secrets)
{
    private const string Purpose = "device-keys";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>The version of the master key from which the sealing key is derived: the oldest, which stays when newer ones come.</summary>
    public const int MasterVersion = 1;

    /// <summary>Seals a secret.</summary>
    /// <param name="key">The id of the key.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>Nonce, ciphertext and tag in base64url.</returns>
    public string Seal(string key, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var target = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(target.AsSpan(0, NonceLength));
        using var aes = new AesGcm(secrets.KeyFor(Purpose), TagLength);
        aes.Encrypt(target.AsSpan(0, NonceLength), plain, target.AsSpan(NonceLength, plain.Length), target.AsSpan(^TagLength..), Encoding.UTF8.GetBytes(key));
        return Base64Url.EncodeToString(target);
    }

    /// <summary>Opens a sealed secret: its UTF-8 bytes are what HMAC takes as its key.</summary>
    /// <exception cref="CryptographicException">It was sealed for another key or under another master key, or was changed.</exception>
    public byte[] Open(IssuedKey key)
    {
        if (key.Sealed is not { } text || key.Master != MasterVersion || !Base64Url.IsValid(text, out var length) || length < NonceLength + TagLength)
            throw new CryptographicException($"The secret of key {key.Id} cannot be opened.");
        var bytes = Base64Url.DecodeFromChars(text).AsSpan();
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(secrets.KeyFor(Purpose), TagLength);
        aes.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain, Encoding.UTF8.GetBytes(key.Id));
        return plain;
    }
}
