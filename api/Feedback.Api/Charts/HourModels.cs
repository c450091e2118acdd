using Feedback.Analytics.Grades;
using Feedback.Api.Satisfaction;
using Feedback.Charts.Hours;
using Feedback.Domain.Tallies;

namespace Feedback.Api.Charts;

/// <summary>Makes the chart of weekdays and hours.</summary>
internal static class HourModels
{
    /// <summary>Active grades by weekday and local hour, summed over the days of the period.</summary>
    public static HourChartModel Of(ChartData data)
    {
        var counts = new GradeCounts[7 * 24];
        var unknown = 0L;
        // DayOfWeek counts from Sunday = 0; shifted by six so that Monday is 0 and Sunday 6.
        foreach (var days in data.Days.Days.GroupBy(day => ((int)day.Day.DayOfWeek + 6) % 7))
        {
            foreach (var hour in NodeFigures.Sum(days).Of(CellKind.Hour).GroupBy(cell => cell.Key.HourOfDay))
            {
                var grades = SliceFigures.Counts(hour);
                if (hour.Key == Cell.UnknownHour)
                    unknown += grades.Total;
                else
                    counts[24 * days.Key + hour.Key] = grades;
            }
        }

        return new HourChartModel(data.Title("hours"), data.Words.Span(data.Period), counts, unknown, data.Words);
    }
}
