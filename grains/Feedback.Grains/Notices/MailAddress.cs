using System.Text.RegularExpressions;

namespace Feedback.Grains.Notices;

/// <summary>Tells e-mail addresses from other text.</summary>
public static partial class MailAddress
{
    // RFC 5321, §4.5.3.1.3: a path has 256 octets, with its angle brackets.
    private const int Longest = 254;

    private static readonly char[] Between = [' ', '\u00a0', '\u3000', ',', ';', '，', '；', '、'];

    /// <summary>The one address that a text consists of; null where it holds anything else, or more than one.</summary>
    public static string? Read(string? text) =>
        text?.Trim() is { Length: <= Longest } trimmed && Plain().IsMatch(trimmed) ? trimmed : null;

    /// <summary>
    /// The one address in a text with other parts, such as <c>张三, 13800000000, zhang@example.org</c>, between blanks, commas and semicolons; it
    /// may be there twice. Null where there is none, or two that differ, and for a text of several lines, as headers of a mail are.
    /// </summary>
    public static string? FindIn(string? text)
    {
        if (text?.Trim() is not { } trimmed || trimmed.Any(char.IsControl))
            return null;
        var found = trimmed.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(Read).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return found is [var only] ? only : null;
    }

    // What the HTML standard calls a valid e-mail address, with a dot in the host; no quoted names, no comments, no address literals.
    [GeneratedRegex(@"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+\z", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Plain();
}
