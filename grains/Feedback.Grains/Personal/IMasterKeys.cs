using Feedback.Domain.Journal;

namespace Feedback.Grains.Personal;

/// <summary>
/// The keys that wrap the data keys of subjects, by version from 1. The file beside the database is one adapter; a hardware
/// module or a key service of the bureau is another.
/// </summary>
/// <remarks>
/// <para>
/// Speed: <see cref="Wrap"/> is called once for every evaluation with personal text, on the path of the push. It must not call
/// over a network. An adapter to a key service fetches a wrapping key at start, lets the service open it, keeps it in memory
/// only, and renews it in the background well before it ends.
/// </para>
/// <para>
/// Caching: what the service opened may be kept as long as the service allows, never on disk. Every version that wraps a
/// stored key must stay available: <c>keys status</c> counts them, <c>keys rewrap</c> moves them to the newest.
/// </para>
/// <para>
/// Errors: with no usable key at hand both methods throw <see cref="MasterKeysUnreachableException"/> at once and wait for
/// nothing. Intake then refuses text with 503, and the terminal sends it again; nothing is ever stored in plain, or without its
/// text. A key that does not fit is a <see cref="System.Security.Cryptography.CryptographicException"/>.
/// </para>
/// <para>
/// Atomicity: an adapter stores nothing about subjects. The wrapped key lies beside the text and is written, and destroyed, in
/// its transaction. A new version is announced by <see cref="NewestVersion"/> only once it can unwrap what it wraps, on every silo.
/// </para>
/// </remarks>
public interface IMasterKeys
{
    /// <summary>The length of a wrapped key: nonce (12 bytes), key, tag (16 bytes).</summary>
    const int WrappedLength = 12 + BureauSecrets.KeyLength + 16;

    /// <summary>The version that wraps new data keys.</summary>
    int NewestVersion { get; }

    /// <summary>Wraps a data key under the newest version.</summary>
    /// <param name="dataKey">The key, <see cref="BureauSecrets.KeyLength"/> bytes.</param>
    /// <param name="subject">Whose it is; authenticated with it.</param>
    /// <param name="nonce">12 bytes that were never used before.</param>
    /// <param name="wrapped">Takes <see cref="WrappedLength"/> bytes.</param>
    /// <returns>The version.</returns>
    /// <exception cref="MasterKeysUnreachableException">No key can be used now.</exception>
    int Wrap(ReadOnlySpan<byte> dataKey, Opaque subject, ReadOnlySpan<byte> nonce, Span<byte> wrapped);

    /// <summary>Unwraps a data key.</summary>
    /// <param name="version">The version that wraps it.</param>
    /// <param name="wrapped">What <see cref="Wrap"/> wrote.</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="dataKey">Takes the key.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">There is no such version, or the key or its place was tampered with.</exception>
    /// <exception cref="MasterKeysUnreachableException">No key can be used now.</exception>
    void Unwrap(int version, ReadOnlySpan<byte> wrapped, Opaque subject, Span<byte> dataKey);
}

/// <summary>Whoever holds the master keys cannot be reached; the same may work later.</summary>
public sealed class MasterKeysUnreachableException(Exception? inner = null) : Exception("The master keys cannot be reached now.", inner);
