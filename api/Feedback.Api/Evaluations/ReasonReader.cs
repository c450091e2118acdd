using System.Globalization;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal.FreeText;

namespace Feedback.Api.Evaluations;

/// <summary>Reasons that people give for what they do: short, and kept without what gives persons away.</summary>
public static class ReasonReader
{
    /// <summary>The longest reason.</summary>
    public const int Longest = 500;

    /// <summary>The shortest reason to be told an identity.</summary>
    public const int ShortestToUnmask = 10;

    /// <summary>The shortest reason for everything else.</summary>
    public const int Shortest = 2;

    // A reason is read by others than those who may read what was unmasked. The mark is the same in every language, as it is kept.
    private const string Mark = "〔•••〕";

    /// <summary>The reason as it is kept; or why it is not taken.</summary>
    public static (string? Reason, Refusal? Refusal) Fit(string? text, int shortest)
    {
        var reason = text?.Trim() ?? "";
        return reason.Length < shortest || reason.Length > Longest || reason.Any(char.IsControl)
            ? (null, new Refusal("reason-unfit", "reason", string.Create(CultureInfo.InvariantCulture, $"{shortest}–{Longest}")))
            : (FreeTextMask.Mask(reason, _ => Mark), null);
    }

    /// <summary>Reads <c>{"reason": …}</c>.</summary>
    internal static async Task<string> ReadAsync(HttpRequest request, int shortest)
    {
        var text = await RequestBody.ReadAsync(request, Read);
        var (reason, refusal) = Fit(text, shortest);
        return reason ?? throw new RefusedException(refusal!);
    }

    private static string Read(JsonElement body)
    {
        string? reason = null;
        BodyMembers.Each(body, (name, value) =>
        {
            if (name != "reason")
                return false;
            reason = Members.Text(value, name, Longest);
            return true;
        });
        return reason ?? throw Members.Missing("reason");
    }
}
