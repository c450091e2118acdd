using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Time;

/// <summary>The public holidays that come with the program: those of mainland China, as the State Council announced them year by year.</summary>
internal static class AnnouncedYears
{
    /// <summary>The years, ascending.</summary>
    public static readonly ImmutableArray<CalendarYear> China = Read();

    private static ImmutableArray<CalendarYear> Read()
    {
        using var data = typeof(AnnouncedYears).Assembly.GetManifestResourceStream("Feedback.Domain.Time.Holidays.json")!;
        using var document = JsonDocument.Parse(data);
        var holidays = document.RootElement.GetProperty("holidays").EnumerateObject().Select(Holiday).ToLookup(holiday => holiday.Day.Year);
        var workdays = document.RootElement.GetProperty("workdays").EnumerateObject().Select(day => DayOf(day.Name)).ToLookup(day => day.Year);
        return
        [
            .. holidays.OrderBy(year => year.Key).Select(year => new CalendarYear(
                year.Key, [.. year.OrderBy(holiday => holiday.Day)], [.. workdays[year.Key].Order()], "国务院办公厅节假日安排通知 (chinese-days)")),
        ];
    }

    // The value is the English name, the Chinese name and how many days of it are statutory.
    private static Holiday Holiday(JsonProperty day) =>
        day.Value.GetString()!.Split(',') is [var en, var zh, ..] ? new Holiday(DayOf(day.Name), WholeName(zh), en) : new Holiday(DayOf(day.Name));

    private static string WholeName(string zh) => zh is "清明" or "端午" or "中秋" ? zh + "节" : zh;

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
