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

    /// <summary>Reads an RFC 3339 date-time with an offset of at most 14 hours, from 1970 on, cut to whole milliseconds.</summary>
    /// <returns>False for anything else; also for a leap second, which .NET does not know.</returns>
    public static bool TryParse(string text, out Moment moment)
    {
        moment = default;
        var offset = OffsetOf(text);
        if (offset < 0)
            return false;
        // More digits than a tick has would be rounded, perhaps into the next second.
        var known = offset > FractionEnd ? string.Concat(text.AsSpan(0, FractionEnd), text.AsSpan(offset)) : text;
        if (!DateTimeOffset.TryParse(known, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) || time < Earliest)
            return false;
        moment = From(time);
        return true;
    }

    private const string Shape = "0000-00-00T00:00:00";

    // Seven digits of a fraction, the point included.
    private const int FractionEnd = 19 + 8;

    // Where the offset begins, or −1. .NET reads far more than RFC 3339, and takes the machine's zone for a text without an offset:
    // so the shape is checked here, and .NET only checks that there is such a day, hour and offset.
    private static int OffsetOf(ReadOnlySpan<char> text)
    {
        if (text.Length is < 20 or > 40)
            return -1;
        for (var i = 0; i < Shape.Length; i++)
        {
            var fits = Shape[i] switch
            {
                '0' => char.IsAsciiDigit(text[i]),
                'T' => text[i] is 'T' or 't' or ' ',
                var mark => text[i] == mark,
            };
            if (!fits)
                return -1;
        }

        var at = Shape.Length;
        if (text[at] == '.')
        {
            var digits = text[(at + 1)..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1)
                return -1;
            at += 1 + digits;
        }

        return text[at..] switch
        {
            ['Z' or 'z'] => at,
            ['+' or '-', var h, var hh, ':', var m, var mm]
                when char.IsAsciiDigit(h) && char.IsAsciiDigit(hh) && char.IsAsciiDigit(m) && char.IsAsciiDigit(mm) => at,
            _ => -1,
        };
    }

    /// <summary>The instant with the device's own offset, as RFC 3339.</summary>
    public override string ToString() =>
        DateTimeOffset.FromUnixTimeMilliseconds(UtcMilliseconds)
            .ToOffset(TimeSpan.FromMinutes(OffsetMinutes))
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
