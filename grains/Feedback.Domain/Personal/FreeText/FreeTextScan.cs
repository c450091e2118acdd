using System.Text.RegularExpressions;

namespace Feedback.Domain.Personal.FreeText;

/// <summary>
/// Finds what citizens write about themselves and others into free text. It would rather find a number too many than one too
/// few, and leaves dates, times, amounts, numbers of windows and of matters alone.
/// </summary>
public static partial class FreeTextScan
{
    // What people put between digits; written into each pattern, as patterns cannot be composed at run time and compiled ahead.
    private const string Gap = "[ .-]{0,3}";
    private const string NotWithin = "(?<![0-9])";
    private const string NotGoingOn = "(?![0-9])";
    private const string Country = @"\(?(?:\+|00)?86\)?[ .-]{0,3}";

    // 13.5.2026 and 1985-03-12 begin as mobile numbers do, and a number that follows would complete them.
    private const string NoDate = @"(?![0-9]{1,2}([.-])(?:0?[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9])|(?:18|19)[0-9]{2}([.-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12][0-9]|3[01])(?![0-9]))";

    /// <summary>The pieces found, ascending and apart from each other.</summary>
    public static IReadOnlyList<FreeTextFinding> Find(string text)
    {
        var found = new List<FreeTextFinding>();
        var plain = FoldedText.Of(text, numerals: false);
        FindIn(plain, found);
        // A numeral beside a number ends it for the one reading, and is part of it for the other.
        if (FoldedText.Of(text, numerals: true) is var spoken && spoken != plain)
            FindSpoken(spoken, plain, found);
        return Merge(found);
    }

    private static void FindIn(string folded, List<FreeTextFinding> found)
    {
        Add(found, folded, Mail(), FreeTextKind.Mail);
        Add(found, folded, Plate(), FreeTextKind.Plate, static plate => plate.Count(char.IsAsciiDigit) >= 3);
        FindNumbers(folded, found);
    }

    private static void FindNumbers(string folded, List<FreeTextFinding> found)
    {
        Add(found, folded, Identity(), FreeTextKind.IdentityNumber, static digits => Checksums.MayBeIdentity(digits));
        Add(found, folded, OldIdentity(), FreeTextKind.IdentityNumber, static digits => Checksums.MayBeOldIdentity(digits));
        Add(found, folded, Mobile(), FreeTextKind.Mobile);
        Add(found, folded, LandLine(), FreeTextKind.LandLine);
        Add(found, folded, ServiceLine(), FreeTextKind.LandLine);
        Add(found, folded, LongNumber(), FreeTextKind.LongNumber);
        BankCards.FindIn(folded, found);
    }

    // 周一一三八…: a word may end in a numeral, and the number begin with the next. So every 1 that no written digit stands
    // before is tried, and the number ends where it has enough digits.
    private static void FindSpoken(string spoken, string plain, List<FreeTextFinding> found)
    {
        FindNumbers(spoken, found);
        for (var i = 0; i < spoken.Length; i++)
        {
            if (spoken[i] != '1' || (spoken[i] == plain[i] && IsWrittenDigit(plain, i - 1)))
                continue;
            if (MobileHere().Match(spoken, i) is { Success: true } here && !(IsWrittenDigit(plain, i + here.Length - 1) && IsWrittenDigit(plain, i + here.Length)))
                found.Add(new FreeTextFinding(FreeTextKind.Mobile, i, here.Length));
        }
    }

    private static bool IsWrittenDigit(string plain, int at) => at >= 0 && at < plain.Length && char.IsAsciiDigit(plain[at]);

    private static void Add(List<FreeTextFinding> found, string folded, Regex pattern, FreeTextKind kind, Func<string, bool>? holds = null)
    {
        for (var match = pattern.Match(folded); match.Success; match = match.NextMatch())
        {
            if (holds is null || holds(kind == FreeTextKind.Plate ? match.Value : DigitsOf(match.Value)))
                found.Add(new FreeTextFinding(kind, match.Index, match.Length));
        }
    }

    private static string DigitsOf(string piece) => string.Concat(piece.Where(unit => char.IsAsciiDigit(unit) || unit == 'X'));

    // What overlaps is one piece, named by the longest within it.
    private static List<FreeTextFinding> Merge(List<FreeTextFinding> found)
    {
        var merged = new List<FreeTextFinding>(found.Count);
        var longest = 0;
        foreach (var one in found.OrderBy(one => one.Start).ThenByDescending(one => one.Length))
        {
            if (merged.Count == 0 || one.Start >= merged[^1].End)
            {
                merged.Add(one);
                longest = one.Length;
                continue;
            }

            var kind = one.Length > longest ? one.Kind : merged[^1].Kind;
            longest = Math.Max(longest, one.Length);
            merged[^1] = new FreeTextFinding(kind, merged[^1].Start, Math.Max(merged[^1].End, one.End) - merged[^1].Start);
        }

        return merged;
    }

    [GeneratedRegex(@"[A-Z0-9._%+-]{1,64} ?@ ?[A-Z0-9-]{1,63}(?:\.[A-Z0-9-]{1,63}){1,6}")]
    private static partial Regex Mail();

    [GeneratedRegex("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ .-]{0,2}[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳][A-HJ-NP-Z0-9]?(?![A-Z0-9])")]
    private static partial Regex Plate();

    [GeneratedRegex(NotWithin + "[1-9](?:" + Gap + "[0-9]){16}" + Gap + "[0-9X]" + NotGoingOn)]
    private static partial Regex Identity();

    [GeneratedRegex(NotWithin + "[1-8](?:" + Gap + "[0-9]){14}" + NotGoingOn)]
    private static partial Regex OldIdentity();

    [GeneratedRegex(NotWithin + "(?:" + Country + "|" + NoDate + ")1" + Gap + "[3-9](?:" + Gap + "[0-9]){9}" + NotGoingOn)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"\G" + NoDate + "1" + Gap + "[3-9](?:" + Gap + "[0-9]){9}")]
    private static partial Regex MobileHere();

    [GeneratedRegex(@"(?<![0-9])(?:\(?(?:\+|00)86\)?[ .-]{0,3}\(?0?|\(?0)(?:10|2[0-9]|[3-9][0-9]{2})\)?[ .-]{0,3}[2-8](?:[ .-]{0,2}[0-9]){6,7}(?![0-9])")]
    private static partial Regex LandLine();

    [GeneratedRegex(NotWithin + "[48]00(?:" + Gap + "[0-9]){7}" + NotGoingOn)]
    private static partial Regex ServiceLine();

    [GeneratedRegex("[0-9]{20,}")]
    private static partial Regex LongNumber();
}
