using System.Collections.Immutable;
using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

/// <summary>Calendar, opening hours and zone of one office: what a limit is counted with.</summary>
/// <param name="Calendar">Which days are worked.</param>
/// <param name="Hours">When the office is open.</param>
/// <param name="Zone">The zone of its clocks.</param>
public sealed record WorkingSchedule(WorkCalendar Calendar, OpeningHours Hours, HallZone Zone)
{
    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(long utcMilliseconds) => Zone.LocalTime(utcMilliseconds).Day;

    /// <summary>When the office is open on a day, in half-open spans of milliseconds UTC; null when nobody knows yet.</summary>
    public ImmutableArray<(long From, long To)>? OpenOn(DateOnly day) =>
        Hours.On(day, Calendar) is not { } spans ? null
        // Where clocks skip a whole span there is nothing of it.
        : [.. spans.Select(span => (From: Zone.InstantOf(day, span.From), To: Zone.InstantOf(day, span.To))).Where(span => span.From < span.To)];

    /// <summary>When the office opens first on a day, milliseconds UTC; null when it is closed or nobody knows yet.</summary>
    public long? OpeningOf(DateOnly day) => OpenOn(day) is [var first, ..] ? first.From : null;

    /// <summary>When the office closes last on a day, milliseconds UTC; null when it is closed or nobody knows yet.</summary>
    public long? ClosingOf(DateOnly day) => OpenOn(day) is [.., var last] ? last.To : null;

    /// <summary>The closing of the first working day from a day on whose closing is not before an instant.</summary>
    internal Reached ClosingFrom(DateOnly day, long notBefore = long.MinValue)
    {
        for (; ; day = day.AddDays(1))
        {
            switch (Calendar.StatusOf(day))
            {
                case DayStatus.Unknown:
                    return Reached.NotBefore(day.Year);
                case DayStatus.Working when ClosingOf(day) is { } closing && closing >= notBefore:
                    return Reached.On(closing);
            }
        }
    }
}

/// <summary>Where counting came to: an instant, or a year that nobody knows yet.</summary>
internal readonly record struct Reached(long? At, int? Pending)
{
    public static Reached On(long at) => new(at, null);

    public static Reached NotBefore(int year) => new(null, year);
}
