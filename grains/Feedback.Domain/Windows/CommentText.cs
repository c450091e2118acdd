using System.Globalization;
using System.Text;
using Feedback.Domain.Writing;

namespace Feedback.Domain.Windows;

/// <summary>What remains of a comment when it is compared with others: letters and digits, in one case and width.</summary>
public static class CommentText
{
    // Sixteen Chinese characters, or thirty-two Latin letters. Shorter praise is said by many in the same words.
    private const int LeastWeight = 32;

    /// <summary>The comment without what may differ; null where so little remains that equal ones tell nothing.</summary>
    public static string? Compared(string comment)
    {
        var kept = new StringBuilder(comment.Length);
        var weight = 0;
        // Full width and half width, composed and decomposed are the same (Unicode normalization form KC).
        foreach (var rune in NormalForm.Of(comment, NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune))
                continue;
            kept.Append(Rune.ToLowerInvariant(rune));
            weight += Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter ? 2 : 1;
        }

        return weight >= LeastWeight ? kept.ToString() : null;
    }
}
