namespace Feedback.Domain.Personal.FreeText;

/// <summary>
/// Finds a mobile number, an identity number or an e-mail address where a code belongs. Unlike <see cref="FreeTextScan"/> it
/// takes only what is written in one piece: addresses of machines and codes of items are full of digits. It allocates nothing
/// for a text without such a piece.
/// </summary>
public static class CodeScan
{
    private const int Shortest = 11;

    /// <summary>Whether a text that should be a code tells who or where a person is.</summary>
    public static bool TellsOfPerson(string text)
    {
        if (text.Length < Shortest)
            return false;
        for (var from = 0; from < text.Length; from++)
        {
            if (text[from] is '@' or '＠' && FreeTextScan.Find(text).Any(one => one.Kind == FreeTextKind.Mail))
                return true;
            if (!IsDigit(text[from]))
                continue;
            var end = from + 1;
            while (end < text.Length && IsDigit(text[end]))
                end++;
            if (!IsLetter(text, from - 1) && IsPersons(text, from, end))
                return true;
            from = end - 1;
        }

        return false;
    }

    private static bool IsPersons(string text, int from, int end) => (end - from) switch
    {
        11 => IsMobile(text, from) && !IsLetter(text, end),
        13 => Digit(text, from) == 8 && Digit(text, from + 1) == 6 && IsMobile(text, from + 2) && !IsLetter(text, end),
        17 => end < text.Length && text[end] is 'x' or 'X' && !IsLetter(text, end + 1) && IsIdentity(text, from),
        18 => !IsLetter(text, end) && IsIdentity(text, from),
        _ => false,
    };

    private static bool IsMobile(string text, int from) => Digit(text, from) == 1 && Digit(text, from + 1) >= 3;

    private static bool IsIdentity(string text, int from) => Checksums.MayBeIdentity(string.Create(18, (text, from), static (target, at) =>
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = IsDigit(at.text[at.from + i]) ? (char)('0' + Digit(at.text, at.from + i)) : 'X';
    }));

    private static bool IsDigit(char unit) => unit is (>= '0' and <= '9') or (>= '０' and <= '９');

    private static int Digit(string text, int at) => text[at] >= '０' ? text[at] - '０' : text[at] - '0';

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetter(text[at]);
}
