using System.Collections.Concurrent;
using NodaTime;

namespace Feedback.Domain.Time;

/// <summary>
/// The time zone of a hall: turns instants into local days and hours. The rules come with the program
/// (NodaTime's copy of the tz database), so that every machine cuts the day at the same instant.
/// </summary>
public sealed class HallZone
{
    private static readonly ConcurrentDictionary<string, HallZone> Known = new(StringComparer.Ordinal);

    // The last instant that is a day of the calendar everywhere. What devices wrote of later ones may be stored; it is told as this.
    private static readonly Instant Last = Instant.FromUtc(9999, 12, 31, 9, 0);

    private readonly DateTimeZone _zone;

    private HallZone(DateTimeZone zone) => _zone = zone;

    /// <summary>The name in the tz database, such as <c>Asia/Shanghai</c>.</summary>
    public string Id => _zone.Id;

    /// <summary>Finds a zone by its name in the tz database.</summary>
    /// <returns>The zone, or null when there is none of that name.</returns>
    public static HallZone? Find(string id)
    {
        if (Known.TryGetValue(id, out var known))
            return known;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        return zone is null ? null : Known.GetOrAdd(id, new HallZone(zone));
    }

    /// <summary>Finds a zone that must exist.</summary>
    /// <exception cref="ArgumentException">There is no zone of that name.</exception>
    public static HallZone Get(string id) => Find(id) ?? throw new ArgumentException($"There is no time zone '{id}'.", nameof(id));

    /// <summary>The local day and hour of an instant. Where clocks go back, the repeated hour is counted as one.</summary>
    /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The local day and the hour of that day, 0 to 23.</returns>
    public (DateOnly Day, int Hour) LocalTime(long utcMilliseconds)
    {
        var local = Clamped(utcMilliseconds).InZone(_zone).LocalDateTime;
        return (new DateOnly(local.Year, local.Month, local.Day), local.Hour);
    }

    /// <summary>An instant with the offset that clocks on the hall's walls have then.</summary>
    /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public Moment At(long utcMilliseconds) =>
        new(utcMilliseconds, (short)(_zone.GetUtcOffset(Clamped(utcMilliseconds)).Seconds / 60));

    /// <summary>The local time of an instant for people, such as <c>2026-11-25 09:30:07</c>.</summary>
    /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    public string LocalText(long utcMilliseconds) => Clamped(utcMilliseconds).InZone(_zone)
        .ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// The first instant of a local day, in milliseconds UTC: midnight, or the first moment after it
    /// where clocks skip midnight. A day is the half-open span from its start to the start of the next.
    /// </summary>
    public long StartOf(DateOnly day) =>
        _zone.AtStartOfDay(new LocalDate(day.Year, day.Month, day.Day)).ToInstant().ToUnixTimeMilliseconds();

    /// <summary>
    /// The instant at which clocks on the hall's walls show a time, in milliseconds UTC. Where they show it twice, the first time;
    /// where they skip it, the moment at which they skip.
    /// </summary>
    /// <param name="day">The local day.</param>
    /// <param name="minute">Minutes after midnight as the wall shows them, 0 to 1440; 1440 is the start of the next day.</param>
    public long InstantOf(DateOnly day, int minute) => minute >= 1440
        ? StartOf(day.AddDays(1))
        : _zone.ResolveLocal(new LocalDateTime(day.Year, day.Month, day.Day, minute / 60, minute % 60), WallClock).ToInstant().ToUnixTimeMilliseconds();

    private static Instant Clamped(long utcMilliseconds) => Instant.Min(Instant.FromUnixTimeMilliseconds(utcMilliseconds), Last);

    private static readonly NodaTime.TimeZones.ZoneLocalMappingResolver WallClock = NodaTime.TimeZones.Resolvers.CreateMappingResolver(
        NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter);
}
