namespace Feedback.Domain.WorkingTime;

/// <content>Backwards, for warnings: never in the night where days are counted.</content>
public static partial class Deadlines
{
    /// <summary>
    /// When people are warned of a deadline. Limits in days warn at an opening: <c>1wd</c> when the office opens on the last day, <c>2wd</c>
    /// on the working day before it; calendar days that fall on a day of rest warn on the working day before.
    /// </summary>
    /// <param name="deadline">The deadline, milliseconds UTC.</param>
    /// <param name="limit">How long before it.</param>
    /// <param name="schedule">The office.</param>
    /// <returns>Milliseconds UTC; null when that lies in a year that nobody knows.</returns>
    public static long? Before(long deadline, Limit limit, WorkingSchedule schedule)
    {
        // The end of a day that closes at midnight is the start of the next one.
        var last = schedule.DayOf(deadline - 1);
        return limit.Unit switch
        {
            LimitUnit.WorkingHours => OpenTimeBefore(deadline, limit.Milliseconds, schedule),
            LimitUnit.WorkingDays => OpeningBack(last, limit.Amount, schedule),
            LimitUnit.Days => OpeningBack(last.AddDays(1 - limit.Amount), 1, schedule),
            _ => deadline - limit.Milliseconds,
        };
    }

    private static long? OpeningBack(DateOnly day, int workingDays, WorkingSchedule schedule)
    {
        for (; schedule.Calendar.StatusOf(day) is not DayStatus.Unknown and var status; day = day.AddDays(-1))
        {
            if (status == DayStatus.Working && schedule.OpeningOf(day) is { } opening && --workingDays == 0)
                return opening;
        }

        return null;
    }

    private static long? OpenTimeBefore(long deadline, long left, WorkingSchedule schedule)
    {
        for (var day = schedule.DayOf(deadline); schedule.OpenOn(day) is { } open; day = day.AddDays(-1))
        {
            foreach (var (from, to) in open.Reverse())
            {
                var length = Math.Min(to, deadline) - from;
                if (length >= left)
                    return Math.Min(to, deadline) - left;
                left -= Math.Max(0, length);
            }
        }

        return null;
    }
}
