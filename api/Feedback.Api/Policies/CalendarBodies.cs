using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
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
        Each(body, "", (name, value) =>
        {
            switch (name)
            {
                case "source": source = Members.Text(value, name, CalendarYear.LongestSource).Trim(); break;
                case "holidays": holidays = [.. List(value, name).Select((day, i) => Holiday(day, $"{name}[{i}]")).OrderBy(holiday => holiday.Day)]; break;
                case "workdays" when value.ValueKind == JsonValueKind.Null: break;
                case "workdays": workdays = [.. List(value, name).Select((day, i) => Day(day, $"{name}[{i}]")).Order()]; break;
                default: return false;
            }

            return true;
        });
        return new CalendarYear(
            year, holidays ?? throw Members.Refuse("member-missing", "holidays"), workdays, source ?? throw Members.Refuse("member-missing", "source"));
    }

    private static Holiday Holiday(JsonElement value, string place)
    {
        DateOnly? day = null;
        string? zh = null, en = null;
        Each(value, place + ".", (name, member) =>
        {
            switch (name)
            {
                case "day": day = Day(member, $"{place}.{name}"); break;
                case "zh" or "en" when member.ValueKind == JsonValueKind.Null: break;
                case "zh": zh = Members.Text(member, $"{place}.{name}", LongestName); break;
                case "en": en = Members.Text(member, $"{place}.{name}", LongestName); break;
                default: return false;
            }

            return true;
        });
        return new Holiday(day ?? throw Members.Refuse("member-missing", place + ".day"), zh, en);
    }

    private static DateOnly Day(JsonElement value, string field)
    {
        var text = Members.Text(value, field, LongestName);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Members.Refuse("day-invalid", field, text);
    }

    private static JsonElement.ArrayEnumerator List(JsonElement value, string field) =>
        value.ValueKind != JsonValueKind.Array ? throw Members.Refuse("list-expected", field)
        : value.GetArrayLength() > MostDays ? throw Members.Refuse("list-too-long", field, MostDays.ToString(CultureInfo.InvariantCulture))
        : value.EnumerateArray();

    private static void Each(JsonElement body, string place, Func<string, JsonElement, bool> take)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected", place.Length == 0 ? null : place.TrimEnd('.'));
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            var name = Members.NameOf(member);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", place + name);
            if (!take(name, member.Value))
                throw Members.Refuse("member-unknown", place + name);
        }
    }
}
