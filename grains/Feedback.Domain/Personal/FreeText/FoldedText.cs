using System.Globalization;

namespace Feedback.Domain.Personal.FreeText;

/// <summary>
/// A text unit by unit in the plainest characters that mean the same, so that one pattern finds every way of writing: digits
/// of any script, letters without width or case, one dash, one dot, one space. Places stay what they were.
/// </summary>
internal static class FoldedText
{
    // The numerals of everyday writing, of cheques, and 幺 as people say 1 on the telephone.
    private const string Numerals = "〇零○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖";
    private const string NumeralDigits = "00011122233445566778899";
    private const string Dashes = "-－‐‑‒–—―−﹣_＿";
    private const string Dots = ".．。·・•‧｡";
    private const string Nothings = "\u200B\u200C\u200D\u2060\uFEFF\u00AD";

    /// <summary>Folds a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numerals">Whether Chinese numerals are digits, too; they are parts of ordinary words as well.</param>
    public static string Of(string text, bool numerals) => string.Create(text.Length, (text, numerals), static (target, from) =>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = Fold(from.text[i], from.numerals);
    });

    private static char Fold(char unit, bool numerals)
    {
        if (unit < 0x80)
            return unit is '_' ? '-' : unit is '\t' ? ' ' : char.ToUpperInvariant(unit);
        // ① to ⑨ and ⓪ are no decimal digits to Unicode.
        if (unit is >= '①' and <= '⑨')
            return (char)(unit - '①' + '1');
        if (CharUnicodeInfo.GetDecimalDigitValue(unit) is >= 0 and var digit)
            return (char)('0' + digit);
        if (unit is >= 'Ａ' and <= 'Ｚ')
            return (char)(unit - 'Ａ' + 'A');
        if (unit is >= 'ａ' and <= 'ｚ')
            return (char)(unit - 'ａ' + 'A');
        if (Dashes.Contains(unit))
            return '-';
        if (Dots.Contains(unit))
            return '.';
        if (Nothings.Contains(unit) || char.IsWhiteSpace(unit))
            return unit is '\u2028' or '\u2029' ? '\n' : ' ';
        return unit switch
        {
            '＠' or '﹫' => '@',
            '×' or 'х' or 'Х' => 'X',
            '＋' => '+',
            '（' => '(',
            '）' => ')',
            '⓪' => '0',
            _ => numerals && Numerals.IndexOf(unit) is >= 0 and var index ? NumeralDigits[index] : unit,
        };
    }
}
