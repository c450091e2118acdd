namespace Feedback.Domain.Cases;

/// <summary>What happened to a clock. Stored by its word.</summary>
public enum ClockMarkKind
{
    /// <summary>It began to run, with a limit.</summary>
    Started = 1,

    /// <summary>It stands still, for a reason.</summary>
    Paused,

    /// <summary>It runs on.</summary>
    Resumed,

    /// <summary>From its start on another limit holds.</summary>
    LimitChanged,

    /// <summary>What it measured is done, or is no longer wanted.</summary>
    Stopped,

    /// <summary>It began anew, with a limit; what it measured before is kept.</summary>
    Restarted,
}

/// <summary>One mark of a clock as a case keeps it; <see cref="CaseHistories"/> reads the marks as a history of working time.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">Milliseconds UTC.</param>
/// <param name="Limit">The limit as the policy writes it, such as <c>15wd</c>; only where one is set.</param>
/// <param name="Reason">Why; null where nothing is to be told.</param>
public sealed record CaseClockMark(ClockMarkKind Kind, long At, string? Limit = null, string? Reason = null);
