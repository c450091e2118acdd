using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal.FreeText;

namespace Feedback.Domain.Paper;

/// <content>What may be written into an event in the open.</content>
public static partial class PaperRules
{
    /// <summary>The most characters of a service item's code.</summary>
    public const int LongestItem = 64;

    /// <summary>Why a text cannot be kept in the open; null where it can, and where there is none. Asked by whoever takes texts, and again by the rules.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="field">Its field.</param>
    /// <param name="longest">The most characters.</param>
    public static Refusal? TextRefused(string? text, string field, int longest) =>
        text is null ? null
        : text.Length > longest ? new Refusal("text-too-long", field, Text(longest))
        : !IsClean(text) ? new Refusal("text-invalid", field)
        : CodeScan.TellsOfPerson(text) ? new Refusal("member-personal", field)
        : null;

    /// <summary>Whether a text of one line holds no control character and no half of a surrogate pair: others can neither travel nor be stored.</summary>
    public static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
                return false;
        }

        return true;
    }
}
