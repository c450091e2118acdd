using System.Globalization;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Cases;

/// <summary>
/// The readable number of a case, such as <c>20260302-0415926-7</c>: its day, seven drawn digits, and a check digit. Whoever tells it
/// on the telephone with one digit wrong, or with two neighbours in the wrong order, is told so and never shown another case.
/// </summary>
/// <remarks>
/// The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004). Numbers are unique because their table
/// is: a number that is taken is drawn again. They are drawn and not counted, so that nobody learns from two of them how many cases
/// there are.
/// </remarks>
public static class CaseNumber
{
    /// <summary>The digits of a query code.</summary>
    public const int QueryDigits = 6;

    private const int DayDigits = 8;
    private const int DrawnDigits = 7;
    private const int AllDigits = DayDigits + DrawnDigits + 1;

    private const string Damm =
        "0317598642" + "7092154863" + "4206871359" + "1750983426" + "6123045978" + "3674209581" + "5869720134" + "8945362017" + "9438617205" + "2581436790";

    /// <summary>The number of a day and drawn bits.</summary>
    /// <param name="day">The local day on which the case was opened.</param>
    /// <param name="drawn">128 random bits, or those of the rating that opened it.</param>
    public static string Of(DateOnly day, Opaque drawn)
    {
        // Of 128 bits, so that the remainder is even to less than one part in 10^31.
        var digits = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + ((int)(drawn.Value % 10_000_000)).ToString("D7", CultureInfo.InvariantCulture);
        return $"{digits[..DayDigits]}-{digits[DayDigits..]}-{CheckOf(digits)}";
    }

    /// <summary>A query code of six digits from drawn bits.</summary>
    /// <param name="drawn">128 random bits, drawn for it alone.</param>
    public static string QueryCodeOf(Opaque drawn) => ((int)(drawn.Value % 1_000_000)).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The number in a text as people type it: with or without hyphens and blanks, in full width too; null for what is none.</summary>
    public static string? Read(string typed)
    {
        Span<char> digits = stackalloc char[AllDigits];
        var length = 0;
        foreach (var character in typed)
        {
            var digit = character is >= '０' and <= '９' ? (char)(character - '０' + '0') : character;
            if (char.IsWhiteSpace(digit) || digit is '-' or '－' or '–' or '—')
                continue;
            if (!char.IsAsciiDigit(digit) || length == AllDigits)
                return null;
            digits[length++] = digit;
        }

        var fits = length == AllDigits && CheckOf(digits[..^1]) == digits[^1]
            && DateOnly.TryParseExact(digits[..DayDigits], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        return fits ? $"{digits[..DayDigits]}-{digits[DayDigits..^1]}-{digits[^1]}" : null;
    }

    private static char CheckOf(ReadOnlySpan<char> digits)
    {
        var interim = 0;
        foreach (var digit in digits)
            interim = Damm[(interim * 10) + (digit - '0')] - '0';
        return (char)('0' + interim);
    }
}
