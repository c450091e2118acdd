using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Feedback.Domain.Keys;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Keys;

/// <summary>Checks what terminals signed. Keys that were used are kept ready, since preparing one costs more than using it.</summary>
public sealed class SignatureCheck(KeySeal seal)
{
    // By hash, not by id: another site's k7 is another key. There are never more than the bureau has keys.
    private readonly ConcurrentDictionary<string, Verifier> _ready = new(StringComparer.Ordinal);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _text;

    /// <summary>Whether a key signed a claim. Only that: whether the key was good then is <see cref="SigningTime"/>'s to say.</summary>
    public bool IsRight(IssuedKey key, WindowClaim claim, Signature signature)
    {
        var text = Cleared();
        SignedText.Write(claim, text);
        return IsRight(key, text.WrittenSpan, signature);
    }

    /// <summary>Whether a key signed a request that is no event.</summary>
    /// <param name="key">The key.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query as they were sent.</param>
    /// <param name="at">When the terminal says that it sent it, milliseconds UTC.</param>
    /// <param name="body">The body's bytes.</param>
    /// <param name="signature">The signature.</param>
    public bool IsRight(IssuedKey key, string method, string target, long at, ReadOnlySpan<byte> body, Signature signature)
    {
        var text = Cleared();
        SignedText.WriteRequest(method, target, at, body, text);
        return IsRight(key, text.WrittenSpan, signature);
    }

    private bool IsRight(IssuedKey key, ReadOnlySpan<byte> text, Signature signature)
    {
        if (!key.Signs)
            return false;
        Span<byte> bytes = stackalloc byte[Signature.EcdsaLength];
        var length = signature.CopyTo(bytes);
        return _ready.GetOrAdd(key.Hash, static (_, made) => Verifier.Of(made.key, made.seal), (key, seal)).IsRight(text, bytes[..length]);
    }

    private static ArrayBufferWriter<byte> Cleared()
    {
        var text = _text ??= new ArrayBufferWriter<byte>(1024);
        text.ResetWrittenCount();
        return text;
    }

    private abstract class Verifier
    {
        public abstract bool IsRight(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);

        public static Verifier Of(IssuedKey key, KeySeal seal) => key.Algorithm switch
        {
            KeyAlgorithm.HmacSha256 => new Hmac(seal.Open(key)),
            KeyAlgorithm.Es256 when PublicKeyText.TryRead(key.PublicKey!, out var known) => new Ecdsa(known),
            _ => throw new CryptographicException($"Key {key.Id} cannot be used."),
        };
    }

    private sealed class Hmac(byte[] secret) : Verifier
    {
        public override bool IsRight(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
        {
            Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(secret, text, right);
            return CryptographicOperations.FixedTimeEquals(right, signature);
        }
    }

    private sealed class Ecdsa(ECDsa key) : Verifier
    {
        // .NET does not promise that one key may be used by several threads at a time; different terminals do not wait for each other.
        private readonly Lock _turn = new();

        public override bool IsRight(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
        {
            if (signature.Length != Signature.EcdsaLength)
                return false;
            lock (_turn)
                return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
