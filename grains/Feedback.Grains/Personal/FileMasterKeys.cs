using System.Security.Cryptography;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Personal;

/// <summary>Master keys from the bureau's secrets file, in memory.</summary>
/// <param name="secrets">The secrets as they were read.</param>
/// <param name="reread">Reads them again, for a version that was added meanwhile; null where they cannot change.</param>
public sealed class FileMasterKeys(BureauSecrets secrets, Func<BureauSecrets>? reread = null) : IMasterKeys
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Setting a key up costs more than using it, and what holds one serves one thread at a time: so each thread keeps its own.
    private readonly ThreadLocal<(int Version, AesGcm Aes)> _newest = new();
    private volatile BureauSecrets _secrets = secrets;

    /// <inheritdoc/>
    public int NewestVersion => _secrets.MasterVersion;

    /// <inheritdoc/>
    public int Wrap(ReadOnlySpan<byte> dataKey, Opaque subject, ReadOnlySpan<byte> nonce, Span<byte> wrapped)
    {
        var newest = _secrets.MasterVersion;
        if (_newest.Value is not { Aes: { } aes } kept || kept.Version != newest)
        {
            aes = new AesGcm(_secrets.Master(newest)!, TagLength);
            _newest.Value = (newest, aes);
        }

        nonce.CopyTo(wrapped);
        aes.Encrypt(nonce, dataKey, wrapped.Slice(NonceLength, dataKey.Length), wrapped[^TagLength..], subject.ToBytes());
        return newest;
    }

    /// <inheritdoc/>
    public void Unwrap(int version, ReadOnlySpan<byte> wrapped, Opaque subject, Span<byte> dataKey)
    {
        if (wrapped.Length != IMasterKeys.WrappedLength)
            throw new CryptographicException("The wrapped key is cut off.");
        using var aes = new AesGcm(Find(version), TagLength);
        aes.Decrypt(wrapped[..NonceLength], wrapped[NonceLength..^TagLength], wrapped[^TagLength..], dataKey, subject.ToBytes());
    }

    private byte[] Find(int version)
    {
        if (_secrets.Master(version) is null && reread is not null)
            _secrets = reread();
        return _secrets.Master(version) ?? throw new CryptographicException($"There is no master key of version {version}.");
    }
}
