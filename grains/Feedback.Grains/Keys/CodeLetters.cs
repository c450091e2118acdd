using System.Security.Cryptography;

namespace Feedback.Grains.Keys;

/// <summary>One-time codes as people type them: four groups of four from 24 letters and digits that do not look alike.</summary>
public static class CodeLetters
{
    private const string Alphabet = "34679ACDEFGHJKMNPQRTVWXY";
    private const int Groups = 4;
    private const int PerGroup = 4;

    /// <summary>The most characters that are looked at.</summary>
    public const int Longest = 64;

    /// <summary>Draws a code of 73 random bits, such as <c>K7QD-93XA-HMRT-4VWE</c>.</summary>
    public static string Draw() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, PerGroup)));

    /// <summary>The letters alone, in capitals, as they are hashed: blanks and hyphens are only there for people.</summary>
    public static string Plain(string typed) =>
        string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
