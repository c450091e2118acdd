namespace Feedback.Domain.Cases;

/// <summary>A clock of a case. Stored by its word.</summary>
public enum CaseClock
{
    /// <summary>首次响应: until the citizen is told something for the first time.</summary>
    FirstResponse = 1,

    /// <summary>进展: until the next note of progress.</summary>
    Progress,

    /// <summary>办结: until the citizen has the answer.</summary>
    Completion,

    /// <summary>整改: of a bad rating, until the unit says it is put right.</summary>
    Rectification,

    /// <summary>回访: until the citizen was called back.</summary>
    CallBack,

    /// <summary>签收: until the unit that a case was sent to signs for it or returns it.</summary>
    SignFor,
}

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

/// <summary>One mark in the history of a clock.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">Milliseconds UTC.</param>
/// <param name="Limit">The limit as the policy writes it, such as <c>15wd</c>; only where one is set.</param>
/// <param name="Reason">Why; null where nothing is to be told.</param>
public sealed record ClockMark(ClockMarkKind Kind, long At, string? Limit = null, string? Reason = null);
