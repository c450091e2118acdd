using Feedback.Domain.WorkingTime;

namespace Feedback.Api.Policies;

/// <summary>The years whose holidays are known.</summary>
/// <param name="Missing">The year whose holidays should be known today and are not: this year, or from 1 November on the next one; null for none.</param>
/// <param name="NextYearKnown">Whether the holidays of the next year are known.</param>
/// <param name="Years">The years, ascending.</param>
public sealed record CalendarList(int? Missing, bool NextYearKnown, IReadOnlyList<KnownYear> Years)
{
    /// <summary>What is known on a day.</summary>
    internal static CalendarList Of(WorkCalendar calendar, DateOnly today) =>
        new(calendar.MissingOn(today), calendar.Knows(today.Year + 1), [.. calendar.Years.Select(year => new KnownYear(year.Year, year.Source, year.Holidays.Length, year.Workdays.Length))]);
}

/// <summary>A year whose holidays are known.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Where they were announced.</param>
/// <param name="Holidays">How many days are free, whatever day of the week they are.</param>
/// <param name="Workdays">How many Saturdays and Sundays are worked for them.</param>
public sealed record KnownYear(int Year, string Source, int Holidays, int Workdays);

/// <summary>The holidays of a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">Where they were announced.</param>
/// <param name="Holidays">The free days, ascending.</param>
/// <param name="Workdays">The Saturdays and Sundays that are worked for them, ascending.</param>
public sealed record CalendarView(int Year, string Source, IReadOnlyList<HolidayView> Holidays, IReadOnlyList<DateOnly> Workdays)
{
    /// <summary>The view of a year.</summary>
    internal static CalendarView Of(CalendarYear year) => new(
        year.Year, year.Source, [.. year.Holidays.Select(holiday => new HolidayView(holiday.Day, holiday.Zh, holiday.En))], year.Workdays);
}

/// <summary>A day on which offices rest.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Zh">The Chinese name; null when it was not told.</param>
/// <param name="En">The English name; null when it was not told.</param>
public sealed record HolidayView(DateOnly Day, string? Zh, string? En);

/// <summary>What was announced for a year.</summary>
/// <param name="Source">Where it was announced, such as the notice's number; at most 300 characters.</param>
/// <param name="Holidays">The free days, in the year or in the December before it; at least one.</param>
/// <param name="Workdays">The Saturdays and Sundays that are worked for them.</param>
public sealed record CalendarBody(string Source, IReadOnlyList<HolidayBody> Holidays, IReadOnlyList<DateOnly>? Workdays);

/// <summary>A free day.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Zh">The Chinese name, such as 春节; at most 60 characters.</param>
/// <param name="En">The English name.</param>
public sealed record HolidayBody(DateOnly Day, string? Zh, string? En);
