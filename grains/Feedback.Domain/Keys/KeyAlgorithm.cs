namespace Feedback.Domain.Keys;

/// <summary>How a terminal proves itself by a key.</summary>
public enum KeyAlgorithm
{
    /// <summary>It shows a secret with every request; for simple senders, where the administrator allows it.</summary>
    Plain = 1,

    /// <summary>It signs by HMAC-SHA-256 (RFC 2104) under a secret that the server knows, too.</summary>
    HmacSha256,

    /// <summary>It signs by ECDSA on P-256 with SHA-256 (FIPS 186-5); the server knows only the public key.</summary>
    Es256,
}

/// <summary>The words of algorithms, as events keep them and the API takes them.</summary>
public static class KeyAlgorithmWords
{
    private static readonly string[] Words = ["plain", "hmac-sha256", "es256"];

    /// <summary>All words, for people who have to choose one.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The stable word.</summary>
    public static string Word(this KeyAlgorithm algorithm) => Words[(int)algorithm - 1];

    /// <summary>The algorithm of that word, or null.</summary>
    public static KeyAlgorithm? AlgorithmOf(string word) => Array.IndexOf(Words, word) is >= 0 and var index ? (KeyAlgorithm)(index + 1) : null;
}
