using System.Globalization;

namespace Feedback.Domain.Personal;

/// <summary>How long personal text is kept after it was received; then it is erased, and every figure stays.</summary>
/// <param name="CommentDays">Days for comments; null to keep them for ever.</param>
/// <param name="MatterDays">Days for the numbers of matters; null to keep them for ever.</param>
/// <param name="CaseDays">Days for what citizens said in cases and were told, files and contacts with it, from when the case was closed; null to keep it for ever.</param>
public sealed record RetentionPolicy(int? CommentDays, int? MatterDays, int? CaseDays)
{
    /// <summary>Unless told otherwise: comments two years, as long as complaints are followed up; numbers of matters and texts of cases three, as long as a review may be asked for.</summary>
    public static readonly RetentionPolicy Usual = new(730, 1095, 1095);

    private const long Day = 24L * 60 * 60 * 1000;
    private const int MostDays = 36_500;

    /// <summary>Reads <c>comment=730,matter=1095,case=1095</c>; a kind that is left out is kept as long as usual, one with <c>off</c> for ever.</summary>
    /// <exception cref="FormatException">It is written in another way.</exception>
    public static RetentionPolicy Parse(string text)
    {
        var policy = Usual;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            policy = part.Split('=', StringSplitOptions.TrimEntries) switch
            {
                ["comment", var days] => policy with { CommentDays = DaysOf(days, part) },
                ["matter", var days] => policy with { MatterDays = DaysOf(days, part) },
                ["case", var days] => policy with { CaseDays = DaysOf(days, part) },
                _ => throw Misshapen(part),
            };
        }

        return policy;
    }

    /// <summary>Text of a kind received at or before this time is due; null when it is kept for ever.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public long? DueThrough(PersonalKind kind, long now) =>
        (kind switch { PersonalKind.Comment => CommentDays, PersonalKind.MatterNumber => MatterDays, _ => null }) is { } days ? now - (days * Day) : null;

    /// <summary>What cases say that were closed at or before this time is due; null when it is kept for ever.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public long? CasesClosedThrough(long now) => CaseDays is { } days ? now - (days * Day) : null;

    private static int? DaysOf(string days, string part) =>
        days == "off" ? null
        : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDays ? number
        : throw Misshapen(part);

    private static FormatException Misshapen(string part) =>
        new($"'{part}' is no retention; it looks like comment=730,matter=1095,case=1095, with days from 1 to {MostDays} or off.");
}
