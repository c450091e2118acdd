namespace Feedback.Charts.Text;

/// <summary>
/// Breaks text into lines: anywhere between Chinese characters, at spaces in Latin text, and never so that a closing
/// mark begins a line or an opening one ends it (避头尾, GB/T 15834-2011 §5.1). A word wider than a line is cut.
/// </summary>
internal static class LineBreaking
{
    private const string NeverFirst = "，。、；：？！）》】〉」』”’…·～,.;:?!)]}%％‰°";
    private const string NeverLast = "（《【〈「『“‘([{";

    /// <summary>The lines of a text, none wider than <paramref name="width"/> unless a single character is.</summary>
    /// <param name="text">One line of drawable text.</param>
    /// <param name="width">Width of a line in points, above 0.</param>
    /// <param name="measure">Width of a piece of text in points.</param>
    public static IReadOnlyList<string> Wrap(string text, float width, Func<string, float> measure)
    {
        var lines = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var end = Fitting(rest, width, measure);
            if (end < rest.Length)
                end = LastBreak(rest, end);
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }
        return lines;
    }

    /// <summary>How many characters fit on a line, at least one.</summary>
    private static int Fitting(string text, float width, Func<string, float> measure)
    {
        // Widths grow with length, so the longest fitting beginning is found by doubling, then halving: a line costs
        // by its own length, not by that of the whole text.
        var (fits, exceeds) = (0, 16);
        while (exceeds <= text.Length && measure(text[..exceeds]) <= width)
            (fits, exceeds) = (exceeds, 2 * exceeds);
        exceeds = Math.Min(exceeds, text.Length + 1);
        while (exceeds - fits > 1)
        {
            var middle = (fits + exceeds) / 2;
            if (measure(text[..middle]) <= width)
                fits = middle;
            else
                exceeds = middle;
        }
        fits = Math.Max(1, fits);
        return SplitsPair(text, fits) ? fits + (fits == 1 ? 1 : -1) : fits;
    }

    /// <summary>The last place at or before <paramref name="end"/> where a line may end; <paramref name="end"/> if there is none.</summary>
    private static int LastBreak(string text, int end)
    {
        for (var at = end; at > 0; at--)
            if (MayBreak(text[at - 1], text[at]) && !SplitsPair(text, at))
                return at;
        return end;
    }

    private static bool MayBreak(char before, char after) =>
        before == ' ' || after == ' '
        || ((IsWide(before) || IsWide(after)) && !NeverLast.Contains(before) && !NeverFirst.Contains(after));

    // From the CJK radicals on: ideographs, kana, full-width forms, and the surrogates of rare ideographs.
    private static bool IsWide(char character) => character >= '\u2E80';

    private static bool SplitsPair(string text, int at) =>
        at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);
}
