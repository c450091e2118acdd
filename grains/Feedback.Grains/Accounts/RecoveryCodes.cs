using System.Security.Cryptography;
using System.Text;

namespace Feedback.Grains.Accounts;

/// <summary>Codes that stand in for a lost authenticator app, each once.</summary>
public static class RecoveryCodes
{
    /// <summary>So many are drawn at once.</summary>
    public const int Count = 10;

    /// <summary>Draws codes of 74 random bits each: three groups of five characters.</summary>
    public static IReadOnlyList<string> Draw() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', PasswordRules.Generate().Split('-').Take(3)))];

    /// <summary>What is kept of a code: SHA-256 in hex. With that many random bits a fast hash is enough.</summary>
    public static string HashOf(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToLowerInvariant())));
}
