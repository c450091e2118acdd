namespace Feedback.Domain.WorkingTime;

/// <summary>Counts limits in working days and calendar days.</summary>
internal sealed class DayCount
{
    private readonly ClockRun _run;
    private readonly WorkingSchedule _schedule;
    private readonly DateOnly _start;
    private readonly List<(DateOnly From, DateOnly To)> _waited = [];
    private Reached? _grace;

    private DayCount(ClockRun run, WorkingSchedule schedule) => (_run, _schedule, _start) = (run, schedule, schedule.DayOf(run.Start));

    public static Reached Of(ClockRun run, WorkingSchedule schedule, List<DeadlineStep> steps)
    {
        var count = new DayCount(run, schedule);
        var reached = count.Reach();
        count.Tell(steps, reached);
        return reached;
    }

    // Pause after pause, because one that begins when the deadline has passed changes nothing any more.
    private Reached Reach()
    {
        var due = Due();
        foreach (var pause in _run.Pauses)
        {
            if (due.At <= pause.From || pause.To is not { } resumed)
                break;
            if (Boundary(pause.From) is not { } paused || Boundary(resumed) is not { } goesOn)
                return Reached.NotBefore(_schedule.DayOf(resumed).Year);
            // [paused, goesOn): from the first day that was not used up to the first that counts again. Within one day nothing is lost.
            if (_schedule.DayOf(pause.From) != _schedule.DayOf(resumed) && paused < goesOn)
                _waited.Add((paused, goesOn.AddDays(-1)));
            due = Due();
            if (due.At < resumed)
                due = Later(due, (_grace = _schedule.ClosingFrom(_schedule.DayOf(resumed), resumed)).Value);
        }

        return due;
    }

    // The first day that a pause takes away, or that counts after a resume: the day itself before its opening, else the one after it.
    private DateOnly? Boundary(long at)
    {
        var day = _schedule.DayOf(at);
        return _schedule.OpenOn(day) is not { } open ? null : open is [var first, ..] && at < first.From ? day : day.AddDays(1);
    }

    private Reached Due()
    {
        var last = LastDay();
        var due = last.Pending is { } year ? Reached.NotBefore(year) : _schedule.ClosingFrom(last.Day);
        return _grace is { } grace ? Later(due, grace) : due;
    }

    private static Reached Later(Reached one, Reached other) =>
        one.Pending is not null ? one : other.Pending is not null ? other : one.At >= other.At ? one : other;

    private (DateOnly Day, int? Pending) LastDay()
    {
        var day = _start;
        for (var left = _run.Limit.Amount; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWaiting(day))
                continue;
            var status = _run.Limit.Unit == LimitUnit.Days ? DayStatus.Working : _schedule.Calendar.StatusOf(day);
            if (status == DayStatus.Unknown)
                return (day, day.Year);
            if (status == DayStatus.Working)
                left--;
        }

        return (day, null);
    }

    private bool IsWaiting(DateOnly day) => _waited.Exists(waited => waited.From <= day && day <= waited.To);

    // Once more day by day, for people: what each day was, and the marks where they belong.
    private void Tell(List<DeadlineStep> steps, Reached reached)
    {
        var groups = new DayGroups(steps);
        var marks = new Queue<ClockMark>(_run.Marks.Skip(1).Where(mark => mark is not ClockStopped));
        var (number, last) = (0, LastDay());
        for (var day = _start; number < _run.Limit.Amount && day < last.Day && !IsOpenFrom(day);)
        {
            TellMarks(steps, groups, marks, day, number, whole: true);
            day = day.AddDays(1);
            if (IsOpenFrom(day) || (last.Pending is not null && day == last.Day))
                break;
            TellMarks(steps, groups, marks, day, number, whole: false);
            if (IsWaiting(day))
                groups.Skipped(day, SkipReason.Paused);
            else if (_run.Limit.Unit == LimitUnit.WorkingDays && _schedule.Calendar.StatusOf(day) == DayStatus.Rest)
                groups.Skipped(day, _schedule.Calendar);
            else
                groups.Counted(day, ++number, _run.Limit.Unit, _run.Limit.Unit == LimitUnit.WorkingDays && _schedule.Calendar.IsMadeUp(day));
        }

        TellMarks(steps, groups, marks, DateOnly.MaxValue, number, whole: true);
        groups.Close();
        if (reached.At is not { } at || _run.PausedSince <= at)
            return;
        if (_grace?.At == at)
            steps.Add(new GraceStep(_schedule.DayOf(at - 1)));
        else if (_schedule.DayOf(at - 1) is var due && due != last.Day)
            steps.Add(new MovedStep(last.Day, due));
    }

    // From the day on that a pause which still lasts takes away, nothing is counted.
    private bool IsOpenFrom(DateOnly day) => _run.PausedSince is { } since && Boundary(since) is { } boundary && boundary <= day;

    private void TellMarks(List<DeadlineStep> steps, DayGroups groups, Queue<ClockMark> marks, DateOnly day, int number, bool whole)
    {
        while (marks.TryPeek(out var mark) && (_schedule.DayOf(mark.At) < day || (_schedule.DayOf(mark.At) == day && (whole || Boundary(mark.At) == day))))
        {
            groups.Close();
            steps.Add(mark is ClockPaused paused
                ? new PauseStep(paused.At, paused.Reason, _run.Limit.Amount - number, null)
                : HourCount.MarkOf(mark, 0)!);
            marks.Dequeue();
        }
    }
}
