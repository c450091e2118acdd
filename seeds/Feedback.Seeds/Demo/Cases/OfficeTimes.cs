using Feedback.Domain.Time;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>When people of the demo's office do something; all times are milliseconds UTC, all days local.</summary>
/// <param name="zone">The district's zone.</param>
internal sealed class OfficeTimes(HallZone zone)
{
    private const int Minute = 60_000;
    private const int MorningFrom = (8 * 60) + 40;
    private const int MorningTo = (11 * 60) + 50;
    private const int AfternoonFrom = (13 * 60) + 35;
    private const int AfternoonTo = (17 * 60) + 20;

    // Nobody goes home before whoever came that day was told that it is looked into.
    private const int LastMinute = (17 * 60) + 45;

    /// <summary>The local day of a time.</summary>
    public DateOnly DayOf(long at) => zone.LocalTime(at).Day;

    /// <summary>The workday so many before a day.</summary>
    public static DateOnly WorkdayBefore(DateOnly day, int workdays)
    {
        for (; workdays > 0; workdays--)
        {
            do
                day = day.AddDays(-1);
            while (!Workdays.Includes(day));
        }

        return day;
    }

    /// <summary>A minute of a day as its clocks show it, and some seconds.</summary>
    public long At(DateOnly day, int minute, Random random) => zone.InstantOf(day, minute) + random.Next(Minute);

    /// <summary>A time of a day at which the office works.</summary>
    public long InHours(DateOnly day, Random random) =>
        At(day, random.Next(5) < 2 ? random.Next(MorningFrom, MorningTo) : random.Next(AfternoonFrom, AfternoonTo), random);

    /// <summary>Soon after a time: on the same day while somebody is there, else on the next workday's morning.</summary>
    public long Soon(long at, Random random)
    {
        var day = DayOf(at);
        var minute = (int)((at - zone.StartOf(day)) / Minute);
        return !Workdays.Includes(day) || minute >= LastMinute ? At(Next(day, 1), random.Next(MorningFrom, MorningFrom + 100), random)
            : minute < MorningFrom ? At(day, random.Next(MorningFrom, MorningFrom + 60), random)
            : at + (long)((minute + 130 < LastMinute ? 10 + random.Next(120) : (LastMinute - minute) * (0.2 + (random.NextDouble() * 0.8))) * Minute);
    }

    /// <summary>So many workdays later, or <see cref="Soon"/> for none.</summary>
    public long Later(long at, int workdays, Random random) => workdays == 0 ? Soon(at, random) : InHours(Next(DayOf(at), workdays), random);

    private static DateOnly Next(DateOnly day, int workdays)
    {
        for (; workdays > 0; workdays--)
        {
            do
                day = day.AddDays(1);
            while (!Workdays.Includes(day));
        }

        return day;
    }
}
