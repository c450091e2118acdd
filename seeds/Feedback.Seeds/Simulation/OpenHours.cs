using System.Collections.Immutable;
using System.Globalization;

namespace Feedback.Seeds.Simulation;

/// <summary>When windows are open, day by day the same: spans of local time, the start included, the end not.</summary>
public sealed class OpenHours
{
    private readonly ImmutableArray<(TimeOnly From, TimeOnly To)> _spans;

    private OpenHours(ImmutableArray<(TimeOnly From, TimeOnly To)> spans) => _spans = spans;

    /// <summary>Reads hours such as <c>09:00-12:00,13:30-17:00</c>; spans ascend and do not overlap.</summary>
    /// <exception cref="FormatException">The text says something else.</exception>
    public static OpenHours Parse(string text)
    {
        ImmutableArray<(TimeOnly From, TimeOnly To)> spans = [.. text.Split(',').Select(Span)];
        for (var i = 0; i < spans.Length; i++)
        {
            if (spans[i].From >= spans[i].To || (i > 0 && spans[i].From < spans[i - 1].To))
                throw Misshapen(text);
        }

        return new OpenHours(spans);

        (TimeOnly, TimeOnly) Span(string span) =>
            span.Split('-') is [var from, var to] && At(from) is { } start && At(to) is { } end ? (start, end) : throw Misshapen(text);
    }

    /// <summary>The time itself while it is open, else when it opens next.</summary>
    public DateTimeOffset OpenAt(DateTimeOffset local)
    {
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        var midnight = local - local.TimeOfDay;
        foreach (var (from, to) in _spans)
        {
            if (time < to)
                return time >= from ? local : midnight + from.ToTimeSpan();
        }

        return midnight.AddDays(1) + _spans[0].From.ToTimeSpan();
    }

    private static TimeOnly? At(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static FormatException Misshapen(string text) => new($"'{text}' are no opening hours; they look like 09:00-12:00,13:30-17:00.");
}
