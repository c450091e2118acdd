using System.Text;

namespace Feedback.Domain.Writing;

/// <summary>Unicode normalization of text as strangers write it.</summary>
public static class NormalForm
{
    // A noncharacter, on which normalization throws as it does on half a character.
    private const char Reversed = '\uFFFE';

    /// <summary>The text in a normalization form. What cannot be normalized, U+FFFE and half a character, becomes U+FFFD.</summary>
    public static string Of(string text, NormalizationForm form) =>
        (CanBeNormalized(text) ? text : string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())).Replace(Reversed, '\uFFFD')).Normalize(form);

    /// <summary>Whether a text has a normalization form: it holds neither U+FFFE nor half a character.</summary>
    public static bool CanBeNormalized(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Reversed)
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
