using System.Globalization;
using System.Text;
using Feedback.Charts.Fonts;

namespace Feedback.Charts.Text;

/// <summary>
/// Text as the bundled font can draw it: one line, no control characters, □ for each character the font lacks.
/// The font covers GB2312; names of people and places may go beyond it, and must not break a chart.
/// </summary>
internal static class PrintableText
{
    private static readonly Rune Missing = new('□');

    /// <summary>The drawable form of a text; empty for null or blank.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";

        var drawable = new StringBuilder(text.Length);
        // An unpaired surrogate comes out of the enumeration as U+FFFD and so ends as □.
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                drawable.Append(' ');
            else if (BundledFont.Has(rune))
                drawable.Append(rune);
            else if (!IsInvisible(rune))
                drawable.Append(Missing);
        }
        return drawable.ToString().Trim();
    }

    // Joiners, marks of direction and variation selectors have no picture of their own.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
}
