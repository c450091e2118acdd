namespace Feedback.Domain.WorkingTime;

/// <summary>Counts limits in minutes and hours, to the millisecond: through the pieces between a run's marks in which the clock ran.</summary>
internal static class HourCount
{
    public static Reached Of(ClockRun run, WorkingSchedule schedule, List<DeadlineStep> steps)
    {
        var left = run.Limit.Milliseconds;
        Reached reached = default;
        for (var i = 0; i < run.Marks.Length; i++)
        {
            var from = run.Marks[i];
            var to = i + 1 < run.Marks.Length ? run.Marks[i + 1] : null;
            // A stop ends no counting: what is asked is when the run would have been due.
            var end = to is null or ClockStopped ? long.MaxValue : to.At;
            if (i > 0)
                steps.AddIf(MarkOf(from, left));
            if (reached == default && !IsWaiting(run, from.At, end))
                reached = run.Limit.Unit == LimitUnit.WorkingHours ? Open(from.At, end, ref left, schedule, steps) : Elapsed(from.At, end, ref left);
            if (to is ClockStopped)
                break;
        }

        return reached;
    }

    private static bool IsWaiting(ClockRun run, long from, long to) => from < to && run.Pauses.Any(pause => pause.From <= from && (pause.To ?? long.MaxValue) >= to);

    private static Reached Elapsed(long from, long to, ref long left)
    {
        if (to - from >= left)
            return Reached.On(from + left);
        left -= to - from;
        return default;
    }

    private static Reached Open(long from, long to, ref long left, WorkingSchedule schedule, List<DeadlineStep> steps)
    {
        var days = new DayGroups(steps);
        for (var day = schedule.DayOf(from); schedule.Zone.StartOf(day) < to; day = day.AddDays(1))
        {
            if (schedule.OpenOn(day) is not { } open)
            {
                days.Close();
                return Reached.NotBefore(day.Year);
            }

            var counted = 0L;
            foreach (var span in open)
            {
                var (begins, ends) = (Math.Max(span.From, from), Math.Min(span.To, to));
                if (ends <= begins)
                    continue;
                // Time that ends with the closing ends then, and not at the next opening.
                if (ends - begins >= left)
                {
                    days.Counted(day, counted + left);
                    days.Close();
                    return Reached.On(begins + left);
                }

                left -= ends - begins;
                counted += ends - begins;
            }

            if (counted > 0)
                days.Counted(day, counted);
            else if (open.Length == 0 && from < to)
                days.Skipped(day, schedule.Calendar);
        }

        days.Close();
        return default;
    }

    internal static DeadlineStep? MarkOf(ClockMark mark, long left) => mark switch
    {
        ClockPaused paused => new PauseStep(paused.At, paused.Reason, null, left),
        ClockResumed => new ResumeStep(mark.At),
        LimitChanged changed => new LimitStep(changed.At, changed.Before, changed.Limit, changed.Why),
        _ => null,
    };

    private static void AddIf(this List<DeadlineStep> steps, DeadlineStep? step)
    {
        if (step is not null)
            steps.Add(step);
    }
}
