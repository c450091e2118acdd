using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;

namespace Feedback.Web.Policies;

/// <summary>Days as people paste them: one or a stretch of them a line, and the holiday's names behind it.</summary>
/// <remarks><c>2027-02-05/2027-02-11, 春节, Spring Festival</c>; tabs and semicolons part as well.</remarks>
public static class CalendarLines
{
    // No holiday is longer, and whoever mistypes a year is told.
    private const int LongestStretch = 31;
    private const int LongestName = 60;

    /// <summary>The lines of holidays.</summary>
    public static string Write(IEnumerable<Holiday> holidays) => string.Join('\n', holidays.Select(holiday =>
        string.Join(", ", new[] { Text(holiday.Day), holiday.Zh, holiday.En }.Where(part => part is not null))));

    /// <summary>The lines of days.</summary>
    public static string Write(IEnumerable<DateOnly> days) => string.Join('\n', days.Select(Text));

    /// <summary>Reads holidays.</summary>
    public static (ImmutableArray<Holiday> Holidays, Refusal? Refusal) Holidays(string text)
    {
        var holidays = new List<Holiday>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split([',', '，', ';', '\t'], StringSplitOptions.TrimEntries);
            if (Days(parts[0]) is not { } days)
                return ([], new Refusal("day-invalid", "holidays", line));
            if (parts.Length > 3 || parts.Skip(1).Any(name => name.Length > LongestName))
                return ([], new Refusal("policy-text", "holidays", Invariant(LongestName)));
            holidays.AddRange(days.Select(day => new Holiday(day, Name(parts, 1), Name(parts, 2))));
        }

        return ([.. holidays.OrderBy(holiday => holiday.Day)], null);
    }

    /// <summary>Reads days that are worked.</summary>
    public static (ImmutableArray<DateOnly> Days, Refusal? Refusal) Workdays(string text)
    {
        var all = new List<DateOnly>();
        foreach (var line in text.Split(['\n', ',', '，', ';', '\t', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Days(line) is not { } days)
                return ([], new Refusal("day-invalid", "workdays", line));
            all.AddRange(days);
        }

        return ([.. all.Order()], null);
    }

    private static IReadOnlyList<DateOnly>? Days(string text)
    {
        var ends = text.Split(['/', '~', '～'], StringSplitOptions.TrimEntries);
        if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last || last < first || last.DayNumber - first.DayNumber >= LongestStretch)
            return null;
        return [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)];
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Name(string[] parts, int at) => parts.Length > at && parts[at].Length > 0 ? parts[at] : null;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
