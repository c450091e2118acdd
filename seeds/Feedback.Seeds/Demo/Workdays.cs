using System.Collections.Frozen;

namespace Feedback.Seeds.Demo;

/// <summary>
/// The workdays of the demo's years: Monday to Friday, less public holidays, and the weekend days that are worked to make
/// up for them. Of years that are not in the table only weekends are known.
/// </summary>
/// <remarks>Taken from the data of chinese-days 1.5.7 (MIT, © 2024 Yawei Sun); only days on which the week alone is wrong.</remarks>
internal static class Workdays
{
    private static readonly FrozenSet<DateOnly> Holidays = Of(
        "2024-01-01 2024-02-12..2024-02-16 2024-04-04..2024-04-05 2024-05-01..2024-05-03 2024-06-10 2024-09-16..2024-09-17 2024-10-01..2024-10-07",
        "2025-01-01 2025-01-28..2025-02-04 2025-04-04 2025-05-01..2025-05-05 2025-06-02 2025-10-01..2025-10-08",
        "2026-01-01..2026-01-02 2026-02-16..2026-02-23 2026-04-06 2026-05-01..2026-05-05 2026-06-19 2026-09-25 2026-10-01..2026-10-07");

    private static readonly FrozenSet<DateOnly> MadeUp = Of(
        "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12",
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11",
        "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10");

    /// <summary>Whether offices are open on a day.</summary>
    public static bool Includes(DateOnly day) =>
        MadeUp.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day));

    /// <summary>How many days before a day offices were closed in a row.</summary>
    public static int ClosedBefore(DateOnly day)
    {
        var closed = 0;
        while (!Includes(day.AddDays(-closed - 1)))
            closed++;
        return closed;
    }

    private static FrozenSet<DateOnly> Of(params string[] years) => years.SelectMany(year => year.Split(' ')).SelectMany(Span).ToFrozenSet();

    private static IEnumerable<DateOnly> Span(string text)
    {
        var ends = text.Split("..");
        var (first, last) = (DateOnly.ParseExact(ends[0], "yyyy-MM-dd"), DateOnly.ParseExact(ends[^1], "yyyy-MM-dd"));
        for (var day = first; day <= last; day = day.AddDays(1))
            yield return day;
    }
}
