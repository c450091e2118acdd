using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.WorkingTime;

/// <summary>A day on which offices rest, whatever day of the week it is.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Zh">The Chinese name, such as 春节; null when it was not told.</param>
/// <param name="En">The English name; null when it was not told.</param>
public sealed record Holiday(DateOnly Day, string? Zh = null, string? En = null);

/// <summary>What was announced for one year: which days are free, and which Saturdays and Sundays are worked for them.</summary>
/// <param name="Year">The year of the notice.</param>
/// <param name="Holidays">Free days, in that year or in the December before it: New Year's holiday often begins there.</param>
/// <param name="Workdays">Worked Saturdays and Sundays, within the same span.</param>
/// <param name="Source">Where it was announced, for people.</param>
public sealed record CalendarYear(int Year, ImmutableArray<Holiday> Holidays, ImmutableArray<DateOnly> Workdays, string Source)
{
    /// <summary>The longest source, in characters.</summary>
    public const int LongestSource = 300;

    /// <summary>Why this cannot be a year's calendar; null when it can.</summary>
    public Refusal? Check()
    {
        if (Year is < 1950 or > 2200)
            return new Refusal("count-invalid", "year", "1950–2200");
        if (Source.Trim().Length == 0 || Source.Length > LongestSource)
            return new Refusal("policy-text", "source", Text(LongestSource));
        if (Holidays.Length == 0)
            return new Refusal("calendar-empty", "holidays", Text(Year));
        var seen = new HashSet<DateOnly>();
        foreach (var (field, day) in Holidays.Select(holiday => ("holidays", holiday.Day)).Concat(Workdays.Select(day => ("workdays", day))))
        {
            if (day < new DateOnly(Year - 1, 12, 1) || day > new DateOnly(Year, 12, 31))
                return new Refusal("calendar-day-outside", field, Text(day));
            if (!seen.Add(day))
                return new Refusal("calendar-day-twice", field, Text(day));
        }

        return Workdays.Where(day => !IsWeekend(day)).Select(day => new Refusal("calendar-workday-ordinary", "workdays", Text(day))).FirstOrDefault();
    }

    /// <summary>Whether another one says the very same of the same year, in the same order.</summary>
    public bool IsSameAs(CalendarYear other) =>
        (Year, Source) == (other.Year, other.Source) && Holidays.SequenceEqual(other.Holidays) && Workdays.SequenceEqual(other.Workdays);

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string Text(IFormattable value) => value.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture);
}
