using System.Collections.Frozen;

namespace Feedback.Domain.Time;

/// <summary>
/// The days on which offices work: Monday to Friday without public holidays, and the Saturdays and Sundays that make up for them.
/// </summary>
/// <remarks>
/// Which days are free is announced for one year at a time, each autumn. In a year that is not known, Saturdays and Sundays are
/// free and nothing else.
/// </remarks>
public sealed class WorkingDays
{
    /// <summary>The calendar of mainland China; it knows 2004 to 2026.</summary>
    public static readonly WorkingDays China = new(
        AnnouncedYears.China.SelectMany(year => year.Holidays.Select(holiday => holiday.Day)), AnnouncedYears.China.SelectMany(year => year.Workdays));

    private readonly FrozenSet<DateOnly> _free;
    private readonly FrozenSet<DateOnly> _madeUp;

    /// <summary>Makes a calendar.</summary>
    /// <param name="free">Days on which nobody works, whatever day of the week they are.</param>
    /// <param name="madeUp">Saturdays and Sundays on which people work all the same.</param>
    public WorkingDays(IEnumerable<DateOnly> free, IEnumerable<DateOnly> madeUp) => (_free, _madeUp) = (free.ToFrozenSet(), madeUp.ToFrozenSet());

    /// <summary>The last year of which it knows a holiday.</summary>
    public int LastYear => _free.Count == 0 ? 0 : _free.Max().Year;

    /// <summary>Whether the holidays of the next year should be known by now and are not: from 1 November of the last known year on.</summary>
    public bool IsRunningOutOn(DateOnly day) => day >= new DateOnly(Math.Max(LastYear, 1), 11, 1);

    /// <summary>Whether a day is a working day.</summary>
    public bool Contains(DateOnly day) =>
        _madeUp.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_free.Contains(day));

    /// <summary>The day itself if it is a working day, else the last one before it.</summary>
    public DateOnly LastUpTo(DateOnly day)
    {
        // The longest holidays are weeks at most: a few steps.
        while (!Contains(day))
            day = day.AddDays(-1);
        return day;
    }
}
