using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Feedback.Grains.Personal;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Feedback.Silo.Hosting;

/// <summary>Wraps the keys of sessions by AES-256-GCM under a key derived from the master key.</summary>
internal sealed class SessionKeyWrap(BureauSecrets secrets) : IXmlEncryptor
{
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;
    private readonly byte[] _key = secrets.KeyFor("session keys");

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), plain, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength));
        return new EncryptedXmlInfo(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(SessionKeyUnwrap));
    }

    /// <summary>Opens what <see cref="Encrypt"/> wrapped.</summary>
    /// <exception cref="CryptographicException">It was changed, or wrapped under another master key.</exception>
    public XElement Unwrap(XElement element)
    {
        var wrapped = Convert.FromBase64String(element.Value);
        var plain = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

/// <summary>Opens wrapped keys; data protection makes one by the name of its type.</summary>
/// <param name="services">The services that hold the wrap.</param>
internal sealed class SessionKeyUnwrap(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<SessionKeyWrap>().Unwrap(encryptedElement);
}
