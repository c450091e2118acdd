using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Grains.Personal;

/// <summary>Encrypts personal text under a data key per subject, and hashes the numbers of matters.</summary>
/// <param name="masters">The keys that wrap data keys.</param>
/// <param name="secrets">The key under which numbers of matters are hashed.</param>
public sealed class PersonalCipher(IMasterKeys masters, BureauSecrets secrets)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int ReferenceLength = 10;
    private const int DrawnPerSubject = BureauSecrets.KeyLength + ReferenceLength + NonceLength;
    private const int DrawnPerText = ReferenceLength + Opaque.Length + NonceLength;

    // What holds a key serves one thread at a time: so each thread keeps its own.
    private readonly ThreadLocal<HMACSHA256> _matters = new(() => new HMACSHA256(secrets.Matter));

    /// <summary>With the master keys of the bureau's own file.</summary>
    public PersonalCipher(BureauSecrets secrets)
        : this(new FileMasterKeys(secrets), secrets)
    {
    }

    /// <summary>HMAC-SHA-256 of a matter's number under the bureau's key, cut to its leading 128 bits.</summary>
    public Opaque HashMatter(string number)
    {
        Span<byte> hash = stackalloc byte[32];
        _matters.Value!.TryComputeHash(Encoding.UTF8.GetBytes(number), hash, out _);
        return Opaque.FromBytes(hash);
    }

    /// <summary>Encrypts texts of one new subject under a new data key.</summary>
    /// <param name="now">Milliseconds UTC; references sort by it.</param>
    /// <param name="texts">At least one text with its kind.</param>
    /// <exception cref="MasterKeysUnreachableException">No master key can be used now; the text must not be stored in any other way.</exception>
    public (SubjectKey Key, IReadOnlyList<SealedText> Texts) Seal(long now, params ReadOnlySpan<(PersonalKind Kind, string Text)> texts)
    {
        // All that is random is drawn at once: every draw is a call into the kernel.
        var drawn = new byte[DrawnPerSubject + (texts.Length * DrawnPerText)];
        RandomNumberGenerator.Fill(drawn);
        ReadOnlySpan<byte> rest = drawn;
        var dataKey = Next(ref rest, BureauSecrets.KeyLength);
        var subject = Opaque.TimeOrdered(now, Next(ref rest, ReferenceLength));
        var wrapped = new byte[IMasterKeys.WrappedLength];
        var version = masters.Wrap(dataKey, subject, Next(ref rest, NonceLength), wrapped);
        using var aes = new AesGcm(dataKey, TagLength);
        var sealedTexts = new List<SealedText>(texts.Length);
        foreach (var (kind, text) in texts)
        {
            var reference = Opaque.TimeOrdered(now, Next(ref rest, ReferenceLength));
            var salt = Opaque.FromBytes(Next(ref rest, Opaque.Length));
            var ciphertext = Encrypt(aes, Encoding.UTF8.GetBytes(text), reference, Next(ref rest, NonceLength));
            sealedTexts.Add(new SealedText(reference, subject, kind, salt, ciphertext));
        }

        CryptographicOperations.ZeroMemory(drawn);
        return (new SubjectKey(subject, version, wrapped), sealedTexts);
    }

    /// <summary>A new data key for a subject of whom more will be kept later.</summary>
    /// <param name="now">Milliseconds UTC; subjects sort by it.</param>
    /// <exception cref="MasterKeysUnreachableException">No master key can be used now.</exception>
    public SubjectKey NewSubject(long now)
    {
        ReadOnlySpan<byte> rest = RandomNumberGenerator.GetBytes(DrawnPerSubject);
        var dataKey = Next(ref rest, BureauSecrets.KeyLength);
        var subject = Opaque.TimeOrdered(now, Next(ref rest, ReferenceLength));
        var wrapped = new byte[IMasterKeys.WrappedLength];
        return new SubjectKey(subject, masters.Wrap(dataKey, subject, Next(ref rest, NonceLength), wrapped), wrapped);
    }

    /// <summary>Encrypts something more of a subject under the data key that they have.</summary>
    /// <param name="key">The subject's key.</param>
    /// <param name="now">Milliseconds UTC; references sort by it.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">A file's bytes, or those of a text in UTF-8.</param>
    /// <exception cref="CryptographicException">The key does not open.</exception>
    /// <exception cref="MasterKeysUnreachableException">No master key can be used now.</exception>
    public SealedText SealMore(SubjectKey key, long now, PersonalKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> dataKey = stackalloc byte[BureauSecrets.KeyLength];
        masters.Unwrap(key.MasterVersion, key.Wrapped, key.Subject, dataKey);
        ReadOnlySpan<byte> rest = RandomNumberGenerator.GetBytes(DrawnPerText);
        var reference = Opaque.TimeOrdered(now, Next(ref rest, ReferenceLength));
        var salt = Opaque.FromBytes(Next(ref rest, Opaque.Length));
        using var aes = new AesGcm(dataKey, TagLength);
        CryptographicOperations.ZeroMemory(dataKey);
        return new SealedText(reference, key.Subject, kind, salt, Encrypt(aes, content, reference, Next(ref rest, NonceLength)));
    }

    /// <summary>Decrypts a text.</summary>
    /// <exception cref="CryptographicException">The text, its key or its place was tampered with, or the master key is another one.</exception>
    public string Open(SealedText text, SubjectKey key) => Encoding.UTF8.GetString(OpenBytes(text, key));

    /// <summary>Decrypts the bytes of a file, or of a text.</summary>
    /// <exception cref="CryptographicException">They, their key or their place were tampered with, or the master key is another one.</exception>
    public byte[] OpenBytes(SealedText text, SubjectKey key)
    {
        var dataKey = new byte[BureauSecrets.KeyLength];
        masters.Unwrap(key.MasterVersion, key.Wrapped, key.Subject, dataKey);
        var plain = Decrypt(dataKey, text.Ciphertext, text.Ref.ToBytes());
        CryptographicOperations.ZeroMemory(dataKey);
        return plain;
    }

    /// <summary>The same data key, wrapped by the newest master key.</summary>
    /// <exception cref="CryptographicException">The key or its place was tampered with, or its master key is missing.</exception>
    public SubjectKey Rewrap(SubjectKey key)
    {
        Span<byte> dataKey = stackalloc byte[BureauSecrets.KeyLength];
        Span<byte> nonce = stackalloc byte[NonceLength];
        masters.Unwrap(key.MasterVersion, key.Wrapped, key.Subject, dataKey);
        RandomNumberGenerator.Fill(nonce);
        var wrapped = new byte[IMasterKeys.WrappedLength];
        var version = masters.Wrap(dataKey, key.Subject, nonce, wrapped);
        CryptographicOperations.ZeroMemory(dataKey);
        return new SubjectKey(key.Subject, version, wrapped);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, int length)
    {
        var next = rest[..length];
        rest = rest[length..];
        return next;
    }

    private static byte[] Encrypt(AesGcm aes, ReadOnlySpan<byte> plain, Opaque place, ReadOnlySpan<byte> nonce)
    {
        var target = new byte[NonceLength + plain.Length + TagLength];
        nonce.CopyTo(target);
        aes.Encrypt(nonce, plain, target.AsSpan(NonceLength, plain.Length), target.AsSpan(^TagLength..), place.ToBytes());
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
