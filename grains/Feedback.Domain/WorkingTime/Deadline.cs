using System.Collections.Immutable;

namespace Feedback.Domain.WorkingTime;

/// <summary>When a run of a clock is due, and how that came about.</summary>
/// <param name="State">How the clock stands.</param>
/// <param name="At">
/// The deadline, milliseconds UTC; null when it is pending, and while the clock waits: then there is none, unless it had passed before.
/// </param>
/// <param name="Pending">The year whose holidays must be known first (待定); null when none must.</param>
/// <param name="StoppedAt">When the clock was stopped, milliseconds UTC; null when it was not.</param>
/// <param name="Steps">How it came about, in order.</param>
public sealed record Deadline(ClockState State, long? At, int? Pending, long? StoppedAt, ImmutableArray<DeadlineStep> Steps)
{
    /// <summary>Of a clock that was never started.</summary>
    public static readonly Deadline None = new(ClockState.NotStarted, null, null, null, []);

    /// <summary>What a timer waits for, milliseconds UTC: the deadline while the clock runs, else null.</summary>
    public long? DueAt => State == ClockState.Running ? At : null;

    /// <summary>Whether what the clock waited for came in time; null while it has not come, and when nobody can say yet.</summary>
    // A clock that was stopped while it waited has no deadline that it could have missed.
    public bool? Met => StoppedAt is not { } stopped || Pending is not null ? null : !(stopped > At);

    /// <summary>Whether the deadline has passed without the clock being stopped, or was missed by the stop. The instant of the deadline is in time.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public bool IsLate(long now) => (StoppedAt ?? now) > At;

    /// <summary>How late it is or was, in milliseconds; 0 in time.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public long LateBy(long now) => At is { } at ? Math.Max(0, (StoppedAt ?? now) - at) : 0;
}
