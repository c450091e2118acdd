using System.Globalization;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>How long before a deadline people are warned: a share of the limit, or a limit of its own.</summary>
/// <param name="Percent">The share of the limit that is left, 1 to 99; null when a length is told.</param>
/// <param name="Length">The length; null when a share is told.</param>
public readonly record struct WarnBefore(int? Percent, Limit? Length)
{
    /// <summary>A share of the limit.</summary>
    public static WarnBefore Share(int percent) => new(percent, null);

    /// <summary>Reads <c>20%</c> or a limit such as <c>1wd</c>; null for anything else.</summary>
    public static WarnBefore? Read(string text)
    {
        if (Limit.TryParse(text, out var limit, out _))
            return new WarnBefore(null, limit);
        return text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 1 and <= 99 ? Share(percent) : null;
    }

    /// <summary>How long before the deadline of a limit: a share is rounded up to whole units, of hours to whole minutes.</summary>
    public Limit Of(Limit limit)
    {
        if (Length is { } length)
            return length;
        var (amount, unit) = limit.Unit == LimitUnit.Hours && limit.Amount <= Limit.Most / 60 ? (limit.Amount * 60, LimitUnit.Minutes) : (limit.Amount, limit.Unit);
        return new Limit(((amount * (Percent ?? 0)) + 99) / 100, unit);
    }

    /// <summary>When people are warned, milliseconds UTC, at the start at the earliest; null when it lies in a year that nobody knows.</summary>
    /// <param name="start">The start of the clock.</param>
    /// <param name="deadline">Its deadline.</param>
    /// <param name="limit">Its limit.</param>
    /// <param name="schedule">The office.</param>
    public long? At(long start, long deadline, Limit limit, WorkingSchedule schedule) =>
        Deadlines.Before(deadline, Of(limit), schedule) is { } at ? Math.Max(start, at) : null;

    /// <inheritdoc/>
    public override string ToString() => Length is { } length ? length.ToString() : (Percent ?? 0).ToString(CultureInfo.InvariantCulture) + "%";
}
