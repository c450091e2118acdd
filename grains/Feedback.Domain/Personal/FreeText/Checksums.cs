using System.Globalization;

namespace Feedback.Domain.Personal.FreeText;

/// <summary>The check digits of identity and card numbers, on plain digits.</summary>
public static class Checksums
{
    // GB 11643-1999, by ISO 7064 MOD 11-2: the weights 2^(17 − i) mod 11, and the check character by the remainder.
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    // GB/T 2260: the first two digits of administrative divisions.
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    /// <summary>The check character of an identity number: <c>0</c> to <c>9</c> or <c>X</c>.</summary>
    /// <param name="first17">Its first 17 digits.</param>
    public static char IdentityCheck(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (first17[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    /// <summary>Whether 18 characters may be an identity number: its check character is right in a known province, or its date of birth is a date.</summary>
    /// <remarks>One digit mistyped by a citizen still names the citizen: so a wrong check character alone excuses nothing.</remarks>
    public static bool MayBeIdentity(ReadOnlySpan<char> eighteen) =>
        IsDate(eighteen.Slice(6, 8)) || (IsProvince(eighteen) && IdentityCheck(eighteen) == eighteen[17]);

    /// <summary>Whether 15 digits may be an identity number as they were given out until 1999: a known province, and a date of birth in the last century.</summary>
    public static bool MayBeOldIdentity(ReadOnlySpan<char> fifteen) =>
        IsProvince(fifteen) && IsDate(string.Concat("19", fifteen.Slice(6, 6)));

    /// <summary>Whether the last digit checks the others (ISO/IEC 7812-1 annex B, by H. P. Luhn, US patent 2,950,048 of 1960).</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    private static bool IsProvince(ReadOnlySpan<char> digits) => Provinces.Contains(digits[..2].ToString());

    private static bool IsDate(ReadOnlySpan<char> digits) =>
        digits[..2] is "18" or "19" or "20" && DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
