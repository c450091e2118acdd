using System.Globalization;

namespace Feedback.Charts.Trends;

/// <summary>The marks along the horizontal axis: where they stand, and what they say.</summary>
internal static class DayMarks
{
    /// <summary>
    /// Marks for the days of a chart: the days themselves where there is room for all; otherwise every second day,
    /// Mondays, every second Monday, beginnings of months or of years, whichever is the densest that fits.
    /// </summary>
    /// <param name="days">The days of the points in order, at least one.</param>
    /// <param name="room">How many labels of a date format fit side by side.</param>
    /// <param name="texts">The date formats.</param>
    public static IReadOnlyList<(DateOnly Day, string Label)> Of(
        IReadOnlyList<DateOnly> days, Func<string, int> room, TrendChartTexts texts)
    {
        foreach (var (marks, format) in Candidates(days, texts))
        {
            var most = Math.Max(1, room(format));
            var ticks = marks.Take(most + 1).ToList();
            // A grid that meets the chart in one place only tells nothing of its scale.
            if (ticks.Count <= most && (ticks.Count >= 2 || days.Count == 1))
                return [.. ticks.Select(day => (day, Label(day, format)))];
        }
        return [(days[0], Label(days[0], texts.DayFormat))];
    }

    /// <summary>A day written in a format of <see cref="TrendChartTexts"/>.</summary>
    public static string Label(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static IEnumerable<(IEnumerable<DateOnly> Marks, string Format)> Candidates(
        IReadOnlyList<DateOnly> days, TrendChartTexts texts)
    {
        var (first, last) = (days[0], days[^1]);
        // Several points, all on the first of a month, are a chart of months.
        yield return (days, days.Count > 1 && days.All(day => day.Day == 1) ? texts.MonthFormat : texts.DayFormat);

        var monday = first.AddDays((8 - (int)first.DayOfWeek) % 7);
        yield return (EveryDays(first, last, 2), texts.DayFormat);
        yield return (EveryDays(monday, last, 7), texts.DayFormat);
        yield return (EveryDays(monday, last, 14), texts.DayFormat);
        foreach (var months in (int[])[1, 2, 3, 6])
            yield return (EveryMonths(first, last, months), texts.MonthFormat);
        foreach (var years in (int[])[1, 2, 5, 10, 100])
            yield return (EveryMonths(first, last, 12 * years), texts.YearFormat);
        yield return ([first, last], texts.DayFormat);
    }

    private static IEnumerable<DateOnly> EveryDays(DateOnly from, DateOnly last, int step)
    {
        for (var day = from; day <= last; day = day.AddDays(step))
            yield return day;
    }

    // Months are counted from the year 0, so that steps of 3 give quarters and steps of 12 give Januaries.
    private static IEnumerable<DateOnly> EveryMonths(DateOnly first, DateOnly last, int step)
    {
        var month = 12 * first.Year + first.Month - 1 + (first.Day > 1 ? 1 : 0);
        for (month += (step - month % step) % step; month <= 12 * last.Year + last.Month - 1; month += step)
            yield return new DateOnly(month / 12, month % 12 + 1, 1);
    }
}
