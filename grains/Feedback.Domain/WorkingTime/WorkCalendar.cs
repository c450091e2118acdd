using System.Collections.Frozen;
using System.Collections.Immutable;
using Feedback.Domain.Time;

namespace Feedback.Domain.WorkingTime;

/// <summary>What a day is to offices.</summary>
public enum DayStatus
{
    /// <summary>工作日.</summary>
    Working = 1,

    /// <summary>休息日: a Saturday, a Sunday or a public holiday.</summary>
    Rest,

    /// <summary>待定: the holidays of its year are not known.</summary>
    Unknown,
}

/// <summary>
/// Which days are worked, year by year. A day of a year whose holidays were not announced is unknown, Saturdays included: it may be
/// worked for a holiday. What runs into one waits, and is worked out anew when the year is there.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>No year is known.</summary>
    public static readonly WorkCalendar Empty = new(ImmutableSortedDictionary<int, CalendarYear>.Empty);

    /// <summary>The calendar of mainland China with the years that come with the program.</summary>
    public static readonly WorkCalendar China = new(AnnouncedYears.China.ToImmutableSortedDictionary(year => year.Year, year => year));

    private readonly ImmutableSortedDictionary<int, CalendarYear> _years;
    private readonly FrozenDictionary<DateOnly, Holiday?> _special;

    private WorkCalendar(ImmutableSortedDictionary<int, CalendarYear> years)
    {
        _years = years;
        var special = new Dictionary<DateOnly, Holiday?>();
        // Ascending: what a year's notice says of the December before it is newer than what that year's own notice said.
        foreach (var year in years.Values)
        {
            foreach (var holiday in year.Holidays)
                special[holiday.Day] = holiday;
            foreach (var day in year.Workdays)
                special[day] = null;
        }

        _special = special.ToFrozenDictionary();
    }

    /// <summary>The years that are known, ascending.</summary>
    public IEnumerable<CalendarYear> Years => _years.Values;

    /// <summary>What was announced for a year; null when it is not known.</summary>
    public CalendarYear? Year(int year) => _years.GetValueOrDefault(year);

    /// <summary>With a year; one that is there already is replaced.</summary>
    public WorkCalendar With(CalendarYear year) => new(_years.SetItem(year.Year, year));

    /// <summary>Whether the holidays of a year are known.</summary>
    public bool Knows(int year) => _years.ContainsKey(year);

    /// <summary>What a day is.</summary>
    public DayStatus StatusOf(DateOnly day) =>
        !Knows(day.Year) ? DayStatus.Unknown
        : _special.TryGetValue(day, out var holiday) ? holiday is null ? DayStatus.Working : DayStatus.Rest
        : CalendarYear.IsWeekend(day) ? DayStatus.Rest
        : DayStatus.Working;

    /// <summary>Whether a day is worked as far as is known: in a year whose holidays are not known only Saturdays and Sundays are free. For deadlines, which never guess, see <see cref="StatusOf"/>.</summary>
    public bool IsWorked(DateOnly day) => StatusOf(day) switch
    {
        DayStatus.Unknown => !CalendarYear.IsWeekend(day),
        var status => status == DayStatus.Working,
    };

    /// <summary>The day itself if it is worked, else the last one before it that is.</summary>
    public DateOnly LastWorkedUpTo(DateOnly day)
    {
        // The longest holidays are weeks at most: a few steps.
        while (!IsWorked(day))
            day = day.AddDays(-1);
        return day;
    }

    /// <summary>The holiday on a day; null for every other day.</summary>
    public Holiday? HolidayOn(DateOnly day) => Knows(day.Year) ? _special.GetValueOrDefault(day) : null;

    /// <summary>Whether a day is a Saturday or Sunday that is worked for a holiday (调休上班).</summary>
    public bool IsMadeUp(DateOnly day) => CalendarYear.IsWeekend(day) && StatusOf(day) == DayStatus.Working;

    /// <summary>The year whose holidays should be known by a day and are not: that day's own, or from 1 November on the next; null for none.</summary>
    public int? MissingOn(DateOnly day) =>
        !Knows(day.Year) ? day.Year
        : day.Month >= 11 && !Knows(day.Year + 1) ? day.Year + 1
        : null;
}
