using System.Globalization;
using System.Text;
using Feedback.Domain.Organisation;
using Feedback.Domain.Writing;

namespace Feedback.Seeds.Import;

/// <summary>Makes codes for halls and windows that are known by name only: the same names in the same order get the same codes.</summary>
internal static class PlaceCodes
{
    private const int Longest = 50;

    /// <summary>A code for a new node.</summary>
    /// <param name="name">Its name; Latin letters and digits in it make the code.</param>
    /// <param name="kind">Names codes of nodes without such letters, with a number: <c>window-3</c>.</param>
    /// <param name="taken">Codes of its siblings.</param>
    public static string For(string name, NodeKind kind, IReadOnlyCollection<string> taken)
    {
        var slug = Slug(name);
        // A code must not look like a node's id, and a few letters left over of a Chinese name say nothing.
        if (slug.Length == 0 || NodeId.IsId(slug) || name.Any(letter => letter >= '\u2E80'))
            return Numbered(kind.Word(), taken.Count + 1, taken);
        return taken.Contains(slug) ? Numbered(slug, 2, taken) : slug;
    }

    private static string Numbered(string stem, int from, IReadOnlyCollection<string> taken)
    {
        for (var number = from; ; number++)
        {
            var code = $"{stem}-{number.ToString(CultureInfo.InvariantCulture)}";
            if (!taken.Contains(code))
                return code;
        }
    }

    /// <summary>Latin letters in lower case and digits of a name, hyphens between; at most 50 characters, none where there are no such letters.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in NormalForm.Of(name, NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (slug.Length == Longest)
                break;
        }

        return slug.ToString().Trim('-');
    }
}
