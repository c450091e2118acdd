using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Domain.WorkingTime;

namespace Feedback.Api.Policies;

/// <summary>Reads what was announced for a year; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class CalendarBodies
{
    private const int LongestName = 60;

    // No year has more days, and a December before it.
    private const int MostDays = 400;

    /// <summary>Reads a body; the days are put in order.</summary>
    public static CalendarYear Read(int year, JsonElement body)
    {
        string? source = null;
        ImmutableArray<Holiday>? holidays = null;
        ImmutableArray<DateOnly> workdays = [];
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "source": source = Members.Text(value, name, CalendarYear.LongestSource).Trim(); break;
                case "holidays": holidays = [.. Members.List(value, name, MostDays, Holiday).OrderBy(holiday => holiday.Day)]; break;
                case "workdays": workdays = [.. (OptionalMember.List(value, name, MostDays, Day) ?? []).Order()]; break;
                default: return false;
            }

            return true;
        });
        return new CalendarYear(
            year, holidays ?? throw Members.Missing("holidays"), workdays, source ?? throw Members.Missing("source"));
    }

    private static Holiday Holiday(JsonElement value, string place)
    {
        DateOnly? day = null;
        string? zh = null, en = null;
        BodyMembers.Each(value, (name, member) =>
        {
            switch (name)
            {
                case "day": day = Day(member, $"{place}.{name}"); break;
                case "zh": zh = OptionalMember.Text(member, $"{place}.{name}", LongestName); break;
                case "en": en = OptionalMember.Text(member, $"{place}.{name}", LongestName); break;
                default: return false;
            }

            return true;
        }, place);
        return new Holiday(day ?? throw Members.Missing(place + ".day"), zh, en);
    }

    private static DateOnly Day(JsonElement value, string field)
    {
        var text = Members.Text(value, field, LongestName);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Members.Refuse("day-invalid", field, text);
    }
}
