namespace Feedback.Domain.Cases;

/// <summary>
/// How alike two texts are: the share of pairs of neighbouring characters that both have among all that either has
/// (P. Jaccard, Étude comparative de la distribution florale, 1901). It needs no words, and so serves Chinese as it serves English.
/// </summary>
public static class TextLikeness
{
    // What people write at length tells in its beginning what it is about.
    private const int Longest = 2000;

    /// <summary>From 0 for texts that share nothing to 1 for the same pairs; 0 where either has no letter or digit.</summary>
    /// <remarks>Case, blanks and punctuation do not count. A single letter stands for itself.</remarks>
    public static double Of(string one, string other)
    {
        var (first, second) = (PairsOf(one), PairsOf(other));
        if (first.Count == 0 || second.Count == 0)
            return 0;
        var both = first.Count(second.Contains);
        return (double)both / (first.Count + second.Count - both);
    }

    private static HashSet<string> PairsOf(string text)
    {
        var letters = new string([.. text.Take(Longest).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        return letters.Length == 1 ? [letters] : [.. Enumerable.Range(0, Math.Max(0, letters.Length - 1)).Select(at => letters.Substring(at, 2))];
    }
}
