using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Import.Cases;

/// <summary>
/// Codes made from words: <c>Bulky Items</c> becomes <c>bulky-items</c>. They depend on the words alone, so that the files of two months
/// give the same codes; words that no Latin letters tell get a few digits of their SHA-256.
/// </summary>
internal static class WordCodes
{
    private const int Digits = 8;

    /// <summary>The code of words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="stem">Stands before the digits where the words have no Latin letters.</param>
    public static string Of(string words, string stem)
    {
        var slug = Plain(words);
        return slug.Length == 0 || NodeId.IsId(slug) ? $"{stem}-{DigitsOf(words)}" : slug;
    }

    /// <summary>The code of words whose plain code other words have already.</summary>
    public static string Apart(string words, string stem) => Plain(words) is { Length: > 0 } slug ? $"{slug}-{DigitsOf(words)}" : Of(words, stem);

    /// <summary>Words as they are compared: capitals and blanks do not tell them apart.</summary>
    public static string Same(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    // A few letters left over of a Chinese name say nothing.
    private static string Plain(string words) => words.Any(letter => letter >= '\u2E80') ? "" : PlaceCodes.Slug(words);

    private static string DigitsOf(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Same(words))))[..Digits];
}
