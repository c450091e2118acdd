using System.Text;

namespace Feedback.Domain.Personal.FreeText;

/// <summary>Hides from a text what it gives away about persons, and keeps the rest of it as it was written.</summary>
public static class FreeTextMask
{
    private const int FewestShown = 8;
    private const string Hidden = "•••";

    /// <summary>The text with every finding replaced by a word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="word">The word for a kind in the reader's language, such as <c>[phone]</c>.</param>
    public static string Mask(string text, Func<FreeTextKind, string> word)
    {
        var found = FreeTextScan.Find(text);
        if (found.Count == 0)
            return text;
        var masked = new StringBuilder(text.Length);
        var from = 0;
        foreach (var one in found)
        {
            masked.Append(text, from, one.Start - from).Append(word(one.Kind));
            from = one.End;
        }

        return masked.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>A matter's number with at most its first and last two characters; with none of a number shorter than eight.</summary>
    public static string MaskNumber(string number) =>
        number.Length < FewestShown || char.IsLowSurrogate(number[2]) || char.IsHighSurrogate(number[^3])
            ? Hidden
            : string.Concat(number.AsSpan(0, 2), Hidden, number.AsSpan(number.Length - 2));
}
