using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.WorkingTime;

/// <summary>Reads opening hours as people write them.</summary>
internal static class OpeningHoursText
{
    private const int Longest = 500;
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Hol"];

    public static OpeningHours? Read(string text, string field, out Refusal? refusal)
    {
        var groups = new ImmutableArray<OpenSpan>[8];
        refusal = text.Length > Longest ? new Refusal("opening-hours-unreadable", field, text) : null;
        foreach (var group in Plain(text).Split(';', StringSplitOptions.TrimEntries))
        {
            refusal ??= ReadGroup(group, groups) is { } wrong ? wrong with { Field = field } : null;
            if (refusal is not null)
                return null;
        }

        // Worked Saturdays take the hours of a weekday, and a limit in days ends on one.
        if (groups[1..6].All(group => group.IsDefaultOrEmpty))
            refusal = new Refusal("opening-hours-no-weekday", field, text);
        return refusal is null ? new OpeningHours(groups) : null;
    }

    private static string Plain(string text) =>
        text.Replace('，', ',').Replace('、', ',').Replace('；', ';').Replace('：', ':').Replace('–', '-').Replace('—', '-').Replace('～', '-').Replace('~', '-').Replace('至', '-');

    private static Refusal? ReadGroup(string group, ImmutableArray<OpenSpan>[] groups)
    {
        var first = group.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0)
            return new Refusal("opening-hours-unreadable", null, group);
        if (DaysOf(first == 0 ? "Mon-Fri" : group[..first].Trim()) is not { } days)
            return new Refusal("opening-hours-day", null, group[..first].Trim());
        if (Spans(group[first..], out var refusal) is not { } spans)
            return refusal;
        foreach (var day in days)
        {
            if (!groups[day].IsDefault)
                return new Refusal("opening-hours-day-twice", null, Days[day]);
            groups[day] = spans;
        }

        return null;
    }

    // The week is written from Monday to Sunday.
    private static List<int>? DaysOf(string text)
    {
        var days = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries).Select(name => Array.FindIndex(Days, day => day.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
            if (ends is [>= 0 and var only])
                days.Add(only);
            else if (ends is [>= 0 and < OpeningHours.Holidays and var from, >= 0 and < OpeningHours.Holidays and var to] && Place(from) < Place(to))
                days.AddRange(Enumerable.Range(Place(from), Place(to) - Place(from) + 1).Select(place => (place + 1) % 7));
            else
                return null;
        }

        return days;

        static int Place(int day) => (day + 6) % 7;
    }

    private static ImmutableArray<OpenSpan>? Spans(string text, out Refusal? refusal)
    {
        var spans = new List<OpenSpan>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to] || Minute(from) is not { } opens || Minute(to) is not { } closes)
                return Wrong("opening-hours-unreadable", part, out refusal);
            if (opens >= closes)
                return Wrong("opening-hours-order", part, out refusal);
            spans.Add(new OpenSpan(opens, closes));
        }

        spans.Sort((one, other) => one.From.CompareTo(other.From));
        var joined = new List<OpenSpan>();
        foreach (var span in spans)
        {
            if (joined.Count == 0 || joined[^1].To < span.From)
                joined.Add(span);
            else if (joined[^1].To == span.From)
                joined[^1] = joined[^1] with { To = span.To };
            else
                return Wrong("opening-hours-overlap", text, out refusal);
        }

        refusal = null;
        return [.. joined];
    }

    private static ImmutableArray<OpenSpan>? Wrong(string code, string part, out Refusal? refusal)
    {
        refusal = new Refusal(code, null, part);
        return null;
    }

    private static int? Minute(string text) =>
        text.Split(':') is [{ Length: 1 or 2 } hour, { Length: 2 } minute] && Number(hour) is { } hours && Number(minute) is < 60 and var minutes
        && hours * 60 + minutes is <= 1440 and var all ? all : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
