using Feedback.Analytics.Periods;
using Feedback.Domain.Time;

namespace Feedback.Analytics.Cases;

/// <summary>What came and went on a local day, or in the week or month that begins on it.</summary>
/// <param name="Day">The first day.</param>
/// <param name="Opened">Cases opened then.</param>
/// <param name="Closed">Cases closed then, whenever they were opened.</param>
/// <param name="Open">Cases that were open at the end.</param>
public readonly record struct CaseDay(DateOnly Day, long Opened, long Closed, long Open)
{
    /// <summary>Every day of a period in order, also those on which nothing happened.</summary>
    /// <param name="cases">All cases, those from before the period too: what is open is counted from the beginning.</param>
    /// <param name="period">The days.</param>
    /// <param name="zone">Cuts the days.</param>
    public static IReadOnlyList<CaseDay> Of(IEnumerable<CaseSpan> cases, Period period, HallZone zone)
    {
        var (opened, closed) = (new long[period.Days], new long[period.Days]);
        var before = 0L;
        foreach (var one in cases)
        {
            before += Count(opened, one.OpenedAt);
            before -= one.ClosedAt is { } at ? Count(closed, at) : 0;
        }

        var days = new List<CaseDay>(period.Days);
        for (var (at, open) = (0, before); at < period.Days; at++)
        {
            open += opened[at] - closed[at];
            days.Add(new CaseDay(period.From.AddDays(at), opened[at], closed[at], open));
        }

        return days;

        // 1 for what lies before the period and so is in no day of it.
        long Count(long[] counts, long instant)
        {
            var at = zone.LocalTime(instant).Day.DayNumber - period.From.DayNumber;
            if (at >= 0 && at < counts.Length)
                counts[at]++;
            return at < 0 ? 1 : 0;
        }
    }
    /// <summary>Days in longer steps: what came and went is added up, and what is open is that of the last day.</summary>
    /// <param name="days">Every day of a period, as <see cref="Of"/> gives them.</param>
    /// <param name="period">The period.</param>
    /// <param name="unit">The step.</param>
    public static IReadOnlyList<CaseDay> Per(IReadOnlyList<CaseDay> days, Period period, PeriodUnit unit) =>
    [
        .. period.Split(unit).Select(slice => days.Skip(slice.Start.DayNumber - period.From.DayNumber).Take(slice.Days).Aggregate(
            new CaseDay(slice.Start, 0, 0, 0), (sum, day) => new CaseDay(slice.Start, sum.Opened + day.Opened, sum.Closed + day.Closed, day.Open))),
    ];
}
