namespace Feedback.Domain.WorkingTime;

/// <summary>One step of how a deadline came about; worded by <see cref="DeadlineWords"/>.</summary>
public abstract record DeadlineStep;

/// <summary>The clock began to run.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Limit">With which limit.</param>
/// <param name="Again">Whether this is a second or later run, because the case was opened again.</param>
public sealed record StartStep(long At, Limit Limit, bool Again) : DeadlineStep;

/// <summary>Days that were counted.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
/// <param name="First">The number of the first, from 1.</param>
/// <param name="Last">The number of the last.</param>
/// <param name="Unit">Working days or calendar days.</param>
/// <param name="MadeUp">Whether these are Saturdays and Sundays worked for a holiday.</param>
public sealed record DaysStep(DateOnly From, DateOnly To, int First, int Last, LimitUnit Unit, bool MadeUp) : DeadlineStep;

/// <summary>Opening hours that were counted.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Milliseconds">How much was counted on them.</param>
public sealed record HoursStep(DateOnly From, DateOnly To, long Milliseconds) : DeadlineStep;

/// <summary>Why days are not counted.</summary>
public enum SkipReason
{
    /// <summary>周末.</summary>
    Weekend = 1,

    /// <summary>A public holiday.</summary>
    Holiday,

    /// <summary>The clock waits.</summary>
    Paused,

    /// <summary>The office is closed on this weekday.</summary>
    Closed,
}

/// <summary>Days that were not counted.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
/// <param name="Reason">Why.</param>
/// <param name="Holiday">The holiday; null for other reasons.</param>
public sealed record SkipStep(DateOnly From, DateOnly To, SkipReason Reason, Holiday? Holiday) : DeadlineStep;

/// <summary>The clock began to wait.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Reason">Why, as the mark told it.</param>
/// <param name="DaysLeft">How many days are left to be counted; null for other limits.</param>
/// <param name="MillisecondsLeft">How much time is left to be counted; null for limits in days.</param>
public sealed record PauseStep(long At, string Reason, int? DaysLeft, long? MillisecondsLeft) : DeadlineStep;

/// <summary>The clock ran on.</summary>
/// <param name="At">When, milliseconds UTC.</param>
public sealed record ResumeStep(long At) : DeadlineStep;

/// <summary>The limit was changed.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Before">The limit before.</param>
/// <param name="After">The limit from then on.</param>
/// <param name="Why">Why.</param>
public sealed record LimitStep(long At, Limit Before, Limit After, LimitChange Why) : DeadlineStep;

/// <summary>The last day is none on which the office closes, so that the deadline moved on.</summary>
/// <param name="From">The last day.</param>
/// <param name="To">The day to which the deadline moved.</param>
public sealed record MovedStep(DateOnly From, DateOnly To) : DeadlineStep;

/// <summary>The last day closed while the clock waited, so that the deadline is the next closing.</summary>
/// <param name="Day">The day of the next closing.</param>
public sealed record GraceStep(DateOnly Day) : DeadlineStep;

/// <summary>The deadline.</summary>
/// <param name="At">When, milliseconds UTC.</param>
public sealed record DueStep(long At) : DeadlineStep;

/// <summary>There is no deadline yet: it runs into a year whose holidays are not known (待定).</summary>
/// <param name="Year">The year.</param>
public sealed record PendingStep(int Year) : DeadlineStep;

/// <summary>There is no deadline while the clock waits.</summary>
public sealed record OpenStep : DeadlineStep;

/// <summary>The clock was stopped.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="LateBy">How late, in milliseconds; 0 in time, null when nobody can say yet.</param>
public sealed record StopStep(long At, long? LateBy) : DeadlineStep;
