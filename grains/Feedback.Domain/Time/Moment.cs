using System.Globalization;

namespace Feedback.Domain.Time;

/// <summary>An instant as a device told it: UTC, and the offset the device wrote beside it.</summary>
/// <param name="UtcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="OffsetMinutes">Minutes east of UTC, −1080 to 1080.</param>
/// <param name="DateOnly">True when the source knows the day and not the hour; the instant is then the start of that day.</param>
public readonly record struct Moment(long UtcMilliseconds, short OffsetMinutes, bool DateOnly = false)
{
    /// <summary>The earliest instant that is taken: the year 1970.</summary>
    public static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    /// <summary>Takes an instant with its offset, cut to whole milliseconds.</summary>
    public static Moment From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), (short)time.Offset.TotalMinutes);

    /// <summary>A day without an hour, at the start of that day in the given zone.</summary>
    public static Moment OnDay(DateOnly day, HallZone zone)
    {
        var start = zone.StartOf(day);
        return new Moment(start, (short)((new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds() - start) / 60_000), DateOnly: true);
    }

    /// <summary>Reads an RFC 3339 date-time with an offset, from 1970 on.</summary>
    public static bool TryParse(string text, out Moment moment)
    {
        moment = default;
        // RFC 3339 demands an offset; .NET would silently take the machine's zone for a text without one.
        if (text.Length is < 20 or > 40 || text[10] is not ('T' or 't' or ' ') || !HasOffset(text))
            return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time < Earliest)
            return false;
        moment = From(time);
        return true;
    }

    private static bool HasOffset(string text) =>
        text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is '+' or '-');

    /// <summary>The instant with the device's own offset, as RFC 3339.</summary>
    public override string ToString() =>
        DateTimeOffset.FromUnixTimeMilliseconds(UtcMilliseconds)
            .ToOffset(TimeSpan.FromMinutes(OffsetMinutes))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
