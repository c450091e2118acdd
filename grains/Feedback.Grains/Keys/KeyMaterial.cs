using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;

namespace Feedback.Grains.Keys;

/// <summary>What a terminal brings for a new key.</summary>
/// <param name="Algorithm">How it will prove itself.</param>
/// <param name="Hash">SHA-256 of the secret or of the public key's bytes, hexadecimal.</param>
/// <param name="Secret">The secret; null for es256.</param>
/// <param name="PublicKey">The public key in base64; only for es256.</param>
public sealed record KeyMaterial(KeyAlgorithm Algorithm, string Hash, string? Secret, string? PublicKey)
{
    private const int LongestSecret = 128;

    /// <summary>The secret where it was drawn here, and so has to be told; null where the terminal brought its own.</summary>
    public string? DrawnSecret { get; private init; }

    /// <summary>Takes what was sent: for es256 a public key, for the others a secret, which the terminal has drawn.</summary>
    /// <param name="algorithm">How it will prove itself.</param>
    /// <param name="secret">The secret; null to have one drawn here.</param>
    /// <param name="publicKey">The public key in base64.</param>
    /// <returns>The material, or why it is refused.</returns>
    public static (KeyMaterial? Material, Refusal? Refusal) Of(KeyAlgorithm algorithm, string? secret, string? publicKey)
    {
        if (algorithm == KeyAlgorithm.Es256)
        {
            if (secret is not null)
                return (null, new Refusal("member-unsuited", "secret", algorithm.Word()));
            if (publicKey is null)
                return (null, new Refusal("member-missing", "publicKey"));
            if (!PublicKeyText.TryRead(publicKey, out var key))
                return (null, new Refusal("public-key-invalid", "publicKey"));
            using (key)
            {
                var (text, hash) = PublicKeyText.Of(key);
                return (new KeyMaterial(algorithm, hash, null, text), null);
            }
        }

        if (publicKey is not null)
            return (null, new Refusal("member-unsuited", "publicKey", algorithm.Word()));
        if (secret is { Length: < KeyIssue.ShortestSecret or > LongestSecret } || secret?.AsSpan().ContainsAnyExceptInRange('!', '~') == true)
            return (null, new Refusal("secret-unfit", "secret"));
        var drawn = secret is null ? KeyIssue.NewSecret(KeyPurpose.Device) : null;
        secret ??= drawn!;
        return (new KeyMaterial(algorithm, KeyRing.HashOf(secret), secret, null) { DrawnSecret = drawn }, null);
    }

    // Never the secret, wherever somebody writes it out.
    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm.Word()} {Hash}";
}
