using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Time;

/// <summary>Where an event is counted: which local day, which hour, and whether its clock was believed.</summary>
/// <param name="Day">The hall's local day, fixed at acceptance.</param>
/// <param name="Hour">The local hour, 0 to 23; null when the source knows only the day.</param>
/// <param name="Flag">Why the device's time was not believed, or null when it was.</param>
public readonly record struct CountedTime(DateOnly Day, int? Hour, string? Flag);

/// <summary>
/// The device's time decides the day only when it lies within [received − 90 days, received + 5 minutes]; else the
/// received time does, and the event is flagged. Imports keep the time they claim.
/// </summary>
public static class DayRule
{
    /// <summary>How long a device may keep events while it is offline: 90 days, in milliseconds.</summary>
    public const long Patience = 90L * 24 * 60 * 60 * 1000;

    /// <summary>How far a device's clock may run ahead: 5 minutes, in milliseconds.</summary>
    public const long Ahead = 5L * 60 * 1000;

    /// <summary>Flag: the device's clock ran more than five minutes ahead.</summary>
    public const string ClockAhead = "clock-ahead";

    /// <summary>Flag: the device's time lies more than 90 days back.</summary>
    public const string ClockBehind = "clock-behind";

    /// <summary>Why a time that must be believed, because no other can stand for it, is not; null when it is.</summary>
    /// <param name="claimed">The device's time, milliseconds UTC.</param>
    /// <param name="receivedAt">The server's time, milliseconds UTC.</param>
    public static Refusal? Refused(long claimed, long receivedAt) =>
        claimed > receivedAt + Ahead ? new Refusal("time-in-future", "occurredAt")
        : claimed < receivedAt - Patience ? new Refusal("time-too-old", "occurredAt")
        : null;

    /// <summary>Decides day and hour of an event.</summary>
    /// <param name="claimed">The device's time.</param>
    /// <param name="receivedAt">The server's time, milliseconds UTC.</param>
    /// <param name="zone">The hall's zone.</param>
    /// <param name="imported">True for imports, whose claimed time is always believed.</param>
    public static CountedTime Count(Moment claimed, long receivedAt, HallZone zone, bool imported)
    {
        // Both ends are included: exactly 90 days back and exactly five minutes ahead are still believed.
        string? flag = imported ? null
            : claimed.UtcMilliseconds > receivedAt + Ahead ? ClockAhead
            : claimed.UtcMilliseconds < receivedAt - Patience ? ClockBehind
            : null;
        var (day, hour) = zone.LocalTime(flag is null ? claimed.UtcMilliseconds : receivedAt);
        return new CountedTime(day, claimed.DateOnly && flag is null ? null : hour, flag);
    }
}
