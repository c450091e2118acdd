using System.Globalization;

namespace Feedback.Analytics.Periods;

/// <summary>
/// A stretch of whole days, half-open: <see cref="From"/> belongs to it, <see cref="To"/> does not, so that
/// neighbouring periods neither overlap nor leave a gap. Days are local days of the hall; no time zone is applied.
/// </summary>
public sealed record Period
{
    // One year short of the calendar's end, so that the start of the unit after the last day still has a name.
    private static readonly DateOnly Latest = new(9999, 1, 1);

    /// <summary>Makes the period [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <param name="from">First day, included.</param>
    /// <param name="to">The day after the last one, excluded; later than <paramref name="from"/>, at most 9999-01-01.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period would be empty, reversed, or end after 9999-01-01.</exception>
    public Period(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Latest);
        From = from;
        To = to;
    }

    /// <summary>First day, included.</summary>
    public DateOnly From { get; }

    /// <summary>The day after the last one, excluded.</summary>
    public DateOnly To { get; }

    /// <summary>Length in days, 1 or more.</summary>
    public int Days => To.DayNumber - From.DayNumber;

    /// <summary>Whether a day belongs to the period.</summary>
    /// <param name="day">A local day of the hall.</param>
    public bool Contains(DateOnly day) => day >= From && day < To;

    /// <summary>
    /// The period in steps of <paramref name="unit"/>, in order, without gap or overlap; the first and the last step
    /// are clipped to the period but keep the label of the whole unit. <see cref="PeriodUnit.Hour"/> cuts days, not
    /// the period, and so gives one slice like <see cref="PeriodUnit.Total"/>.
    /// </summary>
    /// <param name="unit">The step.</param>
    public IReadOnlyList<PeriodSlice> Split(PeriodUnit unit)
    {
        if (unit is PeriodUnit.Total or PeriodUnit.Hour)
            return [new PeriodSlice("total", From, To)];

        var slices = new List<PeriodSlice>();
        for (var start = From; start < To;)
        {
            var next = StartOfNext(unit, start);
            var end = next < To ? next : To;
            slices.Add(new PeriodSlice(Label(unit, start), start, end));
            start = end;
        }
        return slices;
    }

    private static DateOnly StartOfNext(PeriodUnit unit, DateOnly day) => unit switch
    {
        PeriodUnit.Day => day.AddDays(1),
        PeriodUnit.Week => day.AddDays(7 - DaysSinceMonday(day)),
        PeriodUnit.Month => new DateOnly(day.Year, day.Month, 1).AddMonths(1),
        PeriodUnit.Quarter => new DateOnly(day.Year, 3 * Quarter(day) - 2, 1).AddMonths(3),
        PeriodUnit.Year => new DateOnly(day.Year + 1, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit."),
    };

    private static string Label(PeriodUnit unit, DateOnly day)
    {
        var text = CultureInfo.InvariantCulture;
        return unit switch
        {
            PeriodUnit.Day => day.ToString("yyyy-MM-dd", text),
            PeriodUnit.Week => WeekLabel(day),
            PeriodUnit.Month => day.ToString("yyyy-MM", text),
            PeriodUnit.Quarter => string.Create(text, $"{day.Year:D4}-Q{Quarter(day)}"),
            _ => day.ToString("yyyy", text),
        };
    }

    private static string WeekLabel(DateOnly day)
    {
        // The ISO week-year is the year of the week's Thursday: 2027-01-01, a Friday, lies in 2026-W53.
        var date = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date):D4}-W{ISOWeek.GetWeekOfYear(date):D2}");
    }

    // DayOfWeek counts from Sunday = 0; shifted by six so that Monday is 0 and Sunday 6.
    private static int DaysSinceMonday(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    private static int Quarter(DateOnly day) => (day.Month + 2) / 3;
}
