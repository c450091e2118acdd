using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.ServiceMatters;

/// <summary>The time of a matter as it follows from its history, the calendar, and the opening hours and the zone of its node.</summary>
public sealed class MatterTimes
{
    // A year that nobody announced yet is looked for once a day.
    private const long Again = 24L * 60 * 60 * 1000;

    private readonly MatterState _state;
    private readonly long _now;

    /// <summary>Works it out.</summary>
    /// <param name="state">The matter.</param>
    /// <param name="node">Its node; that of the acceptance, or of the one to come.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="book">The calendar.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public MatterTimes(MatterState state, NodeId node, OrganisationTree tree, PolicyBook book, long now)
    {
        (_state, _now) = (state, now);
        Today = tree.Find(node)?.Zone.LocalTime(now).Day ?? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(now).UtcDateTime);
        if (tree.Find(node) is { } office)
            Schedule = new WorkingSchedule(book.Calendar, OpeningHours.Of(tree.LineOn(office.Id, Today)), office.Zone);
        Explained = Schedule is null ? Deadline.None : Deadlines.Explain(state.Clock, Schedule);
    }

    /// <summary>The local day at the node.</summary>
    public DateOnly Today { get; }

    /// <summary>Calendar, hours and zone of the node; null where there is no such node.</summary>
    public WorkingSchedule? Schedule { get; }

    /// <summary>How the deadline came about.</summary>
    public Deadline Explained { get; }

    /// <summary>The deadline as decisions ask for it, milliseconds UTC: while the clock waits, as if it ran on from now. Null for none, and where it is pending.</summary>
    public long? DeadlineNow
    {
        get
        {
            var resumed = new ClockResumed(_now);
            return Schedule is null ? null
                : _state.Clock.State == ClockState.Paused ? Deadlines.Explain(_state.Clock.With(resumed), Schedule).At
                : Explained.At;
        }
    }

    /// <summary>When the service itself looks at the matter next, milliseconds UTC: just after the deadline. Null for never.</summary>
    public long? Next =>
        _state.Stage != MatterStage.Open || _state.IsOverdue || _state.Clock.State != ClockState.Running ? null
        : Explained.Pending is not null ? _now + Again
        : Explained.At + 1;
}
