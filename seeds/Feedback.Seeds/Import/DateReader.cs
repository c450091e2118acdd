using System.Globalization;
using Feedback.Domain.Time;
using NodaTime;

namespace Feedback.Seeds.Import;

/// <summary>Reads dates of one exact format: a day, a local time, or a time with its own offset.</summary>
/// <param name="format">The .NET format.</param>
/// <param name="zone">The zone of days and local times.</param>
internal sealed class DateReader(string format, HallZone zone)
{
    private readonly bool _hasOffset = format.AsSpan().IndexOfAny('z', 'K') >= 0;
    private readonly bool _hasHours = format.AsSpan().IndexOfAny('H', 'h') >= 0;

    /// <summary>The moment, or null where the text is none of that format or lies before 1970.</summary>
    public Moment? Read(string text)
    {
        var moment = _hasOffset ? WithOffset(text) : _hasHours ? Local(text) : Day(text);
        return moment?.UtcMilliseconds < 0 ? null : moment;
    }

    private Moment? Day(string text) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Moment.OnDay(day, zone) : null;

    // Where clocks go back the first of two equal times is taken; a time that clocks skip is moved on by the gap.
    private Moment? Local(string text)
    {
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        var zoned = DateTimeZoneProviders.Tzdb[zone.Id].AtLeniently(LocalDateTime.FromDateTime(local));
        return Moment.From(zoned.ToDateTimeOffset());
    }

    private Moment? WithOffset(string text) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Moment.From(time) : null;
}
