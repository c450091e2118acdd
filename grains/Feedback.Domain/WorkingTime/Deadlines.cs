using System.Collections.Immutable;
using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

/// <summary>
/// Works out deadlines: pure functions of a clock's history and of an office's calendar, hours and zone. Asked again after a year was
/// announced or a limit was changed, they give the new answer for the same history.
/// </summary>
/// <remarks>
/// Minutes and hours are exact. A limit in days does not count the day of the start, and ends when the office closes on the last day.
/// A pause takes away the days after its own up to the one of the resume: the day of the pause is taken away as well when it began before
/// the opening, and the day of the resume is counted when it came before the opening. A pause within one day changes nothing. A pause that
/// began before the deadline never makes it pass: where the last day closed meanwhile, the next closing is the deadline.
/// </remarks>
public static partial class Deadlines
{
    /// <summary>The deadline of the last run of a clock.</summary>
    /// <param name="history">What happened to the clock.</param>
    /// <param name="calendar">Which days are worked.</param>
    /// <param name="hours">When the office is open.</param>
    /// <param name="zone">The zone of its clocks.</param>
    public static Deadline Explain(ClockHistory history, WorkCalendar calendar, OpeningHours hours, HallZone zone) =>
        Explain(history, new WorkingSchedule(calendar, hours, zone));

    /// <summary>The deadline of the last run of a clock.</summary>
    public static Deadline Explain(ClockHistory history, WorkingSchedule schedule) =>
        history.Runs is [.., var last] runs ? Explain(last, schedule, again: runs.Length > 1) : Deadline.None;

    /// <summary>The deadlines of all runs of a clock, the first one first.</summary>
    public static ImmutableArray<Deadline> ExplainAll(ClockHistory history, WorkingSchedule schedule) =>
        [.. history.Runs.Select((run, index) => Explain(run, schedule, again: index > 0))];

    /// <summary>When something is due that starts at an instant and is never paused, such as an escalation after a deadline; null when it is pending.</summary>
    /// <param name="start">The start, milliseconds UTC.</param>
    /// <param name="limit">How long after it.</param>
    /// <param name="schedule">The office.</param>
    public static long? After(long start, Limit limit, WorkingSchedule schedule) =>
        Explain(ClockHistory.Empty.With(new ClockStarted(start, limit)), schedule).At;

    private static Deadline Explain(ClockRun run, WorkingSchedule schedule, bool again)
    {
        var steps = new List<DeadlineStep> { new StartStep(run.Start, run.FirstLimit, again) };
        var reached = run.Limit.IsDays ? DayCount.Of(run, schedule, steps) : HourCount.Of(run, schedule, steps);
        // What passed before the clock began to wait has passed; what would come due in the pause itself does not.
        if (run.PausedSince is { } since && reached.Pending is null && !(reached.At < since))
            reached = default;
        var state = run.StoppedAt is not null ? ClockState.Stopped : run.PausedSince is not null ? ClockState.Paused : ClockState.Running;
        steps.Add(reached.Pending is { } year ? new PendingStep(year) : reached.At is { } due ? new DueStep(due) : new OpenStep());
        var deadline = new Deadline(state, reached.At, reached.Pending, run.StoppedAt, []);
        if (run.StoppedAt is { } stopped)
            steps.Add(new StopStep(stopped, reached.Pending is null ? deadline.LateBy(stopped) : null));
        return deadline with { Steps = [.. steps] };
    }
}
