namespace Feedback.Domain.Personal.FreeText;

/// <summary>Finds numbers of bank cards: 13 to 19 digits, the last of which checks the others, at once or in groups.</summary>
internal static class BankCards
{
    private const int Fewest = 13;
    private const int Most = 19;

    public static void FindIn(string folded, List<FreeTextFinding> found)
    {
        Span<char> digits = stackalloc char[Most];
        for (var start = 0; start < folded.Length; start++)
        {
            if (!MayBegin(folded, start))
                continue;
            var (count, longest) = (0, 0);
            for (var i = start; i < folded.Length && count < Most; i = Next(folded, i))
            {
                digits[count++] = folded[i];
                // A number ends where no digit follows at once; the longest that checks is the card's.
                if (count >= Fewest && (i + 1 == folded.Length || !char.IsAsciiDigit(folded[i + 1])) && Checksums.Luhn(digits[..count]))
                    longest = i + 1 - start;
            }

            if (longest == 0)
                continue;
            found.Add(new FreeTextFinding(FreeTextKind.BankCard, start, longest));
            start += longest - 1;
        }
    }

    // Cards begin with 3 to 9, or 22 to 27 (ISO/IEC 7812 and what the networks use of it): what begins with a year is none.
    private static bool MayBegin(string folded, int at) =>
        char.IsAsciiDigit(folded[at])
        && (at == 0 || !char.IsAsciiDigit(folded[at - 1]))
        && (folded[at] >= '3' || (folded[at] == '2' && at + 1 < folded.Length && folded[at + 1] is >= '2' and <= '7'));

    // The next digit, over one space or dash at most; the end where there is none.
    private static int Next(string folded, int at)
    {
        var next = at + 1;
        if (next < folded.Length && folded[next] is ' ' or '-')
            next++;
        return next < folded.Length && char.IsAsciiDigit(folded[next]) ? next : folded.Length;
    }
}
