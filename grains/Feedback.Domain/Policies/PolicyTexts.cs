using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>The stored text of the policies' events.</summary>
internal static class PolicyTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<PolicySet>("policy.set", 1,
            (text, e) => text
                .Member("node"u8, e.Node.Value).Member("subject"u8, e.Subject).Member("from"u8, e.From.DayText())
                .Member("text"u8, e.Text).Member("by"u8, e.By),
            (text, salt) => new PolicySet
            {
                Salt = salt, Node = text.Node("node"), Subject = text.Text("subject"), From = text.Day("from"),
                Text = text.Text("text"), By = text.TextOrNull("by"),
            }),
        EventKind.Of<CalendarDefined>("calendar.defined", 1,
            (text, e) =>
            {
                text.Member("year"u8, e.Calendar.Year).BeginArray("holidays"u8);
                foreach (var holiday in e.Calendar.Holidays)
                    text.BeginObject().Member("day"u8, holiday.Day.DayText()).Member("zh"u8, holiday.Zh).Member("en"u8, holiday.En).EndObject();
                text.EndArray().Member("workdays"u8, [.. e.Calendar.Workdays.Select(day => day.DayText())]).Member("source"u8, e.Calendar.Source);
            },
            (text, salt) => new CalendarDefined
            {
                Salt = salt,
                Calendar = new CalendarYear(
                    text.NumberOrNull("year", 1, 9998) ?? throw new FormatException("Member 'year' is missing."),
                    Holidays(text),
                    [.. text.Texts("workdays").Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))],
                    text.Text("source")),
            }),
    ];

    private static ImmutableArray<Holiday> Holidays(JsonElement text) =>
        [.. text.GetProperty("holidays").EnumerateArray().Select(holiday => new Holiday(holiday.Day("day"), holiday.TextOrNull("zh"), holiday.TextOrNull("en")))];
}
