namespace Feedback.Domain.WorkingTime;

/// <summary>Joins days that follow each other and are alike into one step.</summary>
internal sealed class DayGroups(List<DeadlineStep> steps)
{
    private DeadlineStep? _open;

    /// <summary>A day that counts as one.</summary>
    /// <param name="day">The day.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="unit">Working or calendar days.</param>
    /// <param name="madeUp">Whether it is a Saturday or Sunday worked for a holiday.</param>
    public void Counted(DateOnly day, int number, LimitUnit unit, bool madeUp) =>
        Put(_open is DaysStep days && days.To.AddDays(1) == day && days.MadeUp == madeUp
            ? days with { To = day, Last = number }
            : new DaysStep(day, day, number, number, unit, madeUp));

    /// <summary>A day of which some hours count.</summary>
    public void Counted(DateOnly day, long milliseconds) =>
        Put(_open is HoursStep hours && hours.To.AddDays(1) == day
            ? hours with { To = day, Milliseconds = hours.Milliseconds + milliseconds }
            : new HoursStep(day, day, milliseconds));

    /// <summary>A day that does not count because the office is closed.</summary>
    public void Skipped(DateOnly day, WorkCalendar calendar) =>
        Skipped(day, calendar.HolidayOn(day) is not null ? SkipReason.Holiday : CalendarYear.IsWeekend(day) ? SkipReason.Weekend : SkipReason.Closed, calendar.HolidayOn(day));

    /// <summary>A day that does not count.</summary>
    public void Skipped(DateOnly day, SkipReason reason, Holiday? holiday = null) =>
        Put(_open is SkipStep skip && skip.To.AddDays(1) == day && skip.Reason == reason && skip.Holiday?.Zh == holiday?.Zh
            ? skip with { To = day }
            : new SkipStep(day, day, reason, holiday));

    /// <summary>Nothing more belongs to the last group.</summary>
    public void Close()
    {
        if (_open is not null)
            steps.Add(_open);
        _open = null;
    }

    // A changed copy of the open step goes on with it; anything else closes it.
    private void Put(DeadlineStep step)
    {
        if (_open is not null && !GoesOn(_open, step))
            Close();
        _open = step;
    }

    private static bool GoesOn(DeadlineStep open, DeadlineStep step) => (open, step) switch
    {
        (DaysStep one, DaysStep other) => one.From == other.From,
        (HoursStep one, HoursStep other) => one.From == other.From,
        (SkipStep one, SkipStep other) => one.From == other.From,
        _ => false,
    };
}
