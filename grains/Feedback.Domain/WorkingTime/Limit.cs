using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.WorkingTime;

/// <summary>What a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>Minutes, day and night: <c>min</c>.</summary>
    Minutes = 1,

    /// <summary>Hours, day and night: <c>h</c>.</summary>
    Hours,

    /// <summary>Hours within the opening hours: <c>wh</c>.</summary>
    WorkingHours,

    /// <summary>工作日: <c>wd</c>.</summary>
    WorkingDays,

    /// <summary>自然日, calendar days: <c>d</c>.</summary>
    Days,
}

/// <summary>
/// How long something may take. Limits in days do not count the day of the start, and end when the office closes on the last day;
/// where the last calendar day is a day of rest, they end on the next working day.
/// </summary>
/// <param name="Amount">How many, 1 to <see cref="Most"/>.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Limit(int Amount, LimitUnit Unit)
{
    /// <summary>The largest amount.</summary>
    public const int Most = 9999;

    private static readonly string[] Words = ["min", "h", "wh", "wd", "d"];

    /// <summary>Whether days are counted.</summary>
    public bool IsDays => Unit is LimitUnit.WorkingDays or LimitUnit.Days;

    /// <summary>Milliseconds of a limit in minutes or hours.</summary>
    internal long Milliseconds => Amount * (Unit == LimitUnit.Minutes ? 60_000L : 3_600_000L);

    /// <summary>Working days: <c>5wd</c>.</summary>
    public static Limit WorkingDays(int amount) => new(amount, LimitUnit.WorkingDays);

    /// <summary>Hours, day and night: <c>24h</c>.</summary>
    public static Limit Hours(int amount) => new(amount, LimitUnit.Hours);

    /// <summary>The time from a start to an end, as a limit: in whole minutes, in hours where these are too many, and the least there is where the end is past.</summary>
    /// <param name="start">Milliseconds UTC.</param>
    /// <param name="end">Milliseconds UTC.</param>
    public static Limit Between(long start, long end)
    {
        var minutes = Math.Max(1, (end - start) / 60_000);
        return minutes <= Most ? new Limit((int)minutes, LimitUnit.Minutes) : Hours((int)Math.Min(Most, minutes / 60));
    }

    /// <summary>Reads <c>30min</c>, <c>24h</c>, <c>16wh</c>, <c>5wd</c> or <c>7d</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="refusal">Why it is none.</param>
    /// <param name="field">Where it was written.</param>
    public static bool TryParse(string text, out Limit limit, [NotNullWhen(false)] out Refusal? refusal, string field = "limit")
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var unit = digits is > 0 and <= 4 ? Array.IndexOf(Words, text[digits..]) : -1;
        limit = unit < 0 ? default : new Limit(int.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture), (LimitUnit)(unit + 1));
        refusal = limit.Amount > 0 ? null : new Refusal("time-limit-invalid", field, text);
        return refusal is null;
    }

    /// <summary>Reads a limit that must be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Limit Parse(string text) => TryParse(text, out var limit, out _) ? limit : throw new FormatException($"'{text}' is no limit.");

    /// <inheritdoc/>
    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + Words[(int)Unit - 1];
}
