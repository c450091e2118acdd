using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Grains.Personal;

/// <summary>Encrypts personal text under a data key per subject, and hashes the numbers of matters.</summary>
public sealed class PersonalCipher(BureauSecrets secrets)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>HMAC-SHA-256 of a matter's number under the bureau's key, cut to its leading 128 bits.</summary>
    public Opaque HashMatter(string number)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(secrets.Matter, Encoding.UTF8.GetBytes(number), hash);
        return Opaque.FromBytes(hash);
    }

    /// <summary>Encrypts texts of one new subject under a new data key.</summary>
    /// <param name="now">Milliseconds UTC; references sort by it.</param>
    /// <param name="texts">At least one text with its kind.</param>
    public (SubjectKey Key, IReadOnlyList<SealedText> Texts) Seal(long now, params ReadOnlySpan<(PersonalKind Kind, string Text)> texts)
    {
        var dataKey = RandomNumberGenerator.GetBytes(BureauSecrets.KeyLength);
        var subject = NewReference(now);
        var wrapped = Encrypt(secrets.Master(secrets.MasterVersion), dataKey, subject.ToBytes());
        var sealedTexts = new List<SealedText>(texts.Length);
        foreach (var (kind, text) in texts)
        {
            var reference = NewReference(now);
            var salt = Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length));
            sealedTexts.Add(new SealedText(reference, subject, kind, salt, Encrypt(dataKey, Encoding.UTF8.GetBytes(text), reference.ToBytes())));
        }

        CryptographicOperations.ZeroMemory(dataKey);
        return (new SubjectKey(subject, secrets.MasterVersion, wrapped), sealedTexts);
    }

    /// <summary>Decrypts a text.</summary>
    /// <exception cref="CryptographicException">The text, its key or its place was tampered with, or the master key is another one.</exception>
    public string Open(SealedText text, SubjectKey key)
    {
        var dataKey = Decrypt(secrets.Master(key.MasterVersion), key.Wrapped, key.Subject.ToBytes());
        var plain = Decrypt(dataKey, text.Ciphertext, text.Ref.ToBytes());
        CryptographicOperations.ZeroMemory(dataKey);
        return Encoding.UTF8.GetString(plain);
    }

    private static Opaque NewReference(long now)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return Opaque.TimeOrdered(now, random);
    }

    private static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> plain, byte[] place)
    {
        var target = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(target.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(target.AsSpan(0, NonceLength), plain, target.AsSpan(NonceLength, plain.Length), target.AsSpan(^TagLength..), place);
        return target;
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> bytes, byte[] place)
    {
        if (bytes.Length < NonceLength + TagLength)
            throw new CryptographicException("The encrypted text is cut off.");
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain, place);
        return plain;
    }
}
