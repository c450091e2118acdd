using System.Globalization;
using Feedback.Charts.Text;
using Feedback.Charts.Trends;
using ScottPlot.TickGenerators;

namespace Feedback.Charts.Frames;

/// <summary>The axes of charts that count: numbers from 0 upwards, and steps of time side by side.</summary>
internal static class CountAxis
{
    /// <summary>Round numbers from 0 to at least the most, in at most so many steps: 1, 2 or 5 times a power of ten.</summary>
    public static List<long> Marks(long most, int steps)
    {
        var step = 1L;
        for (var factor = 0; step * steps < most; factor++)
            step = (factor % 3) switch { 0 => 2, 1 => 5, _ => 10 } * (long)Math.Pow(10, factor / 3);
        var marks = new List<long>();
        for (var mark = 0L; marks.Count == 0 || marks[^1] < most; mark += step)
            marks.Add(mark);
        return marks;
    }

    /// <summary>The ticks of marks.</summary>
    public static NumericManual Ticks(IEnumerable<long> marks)
    {
        var ticks = new NumericManual();
        foreach (var mark in marks)
            ticks.AddMajor(mark, Number(mark));
        return ticks;
    }

    /// <summary>The ticks of steps that stand at 0, 1, 2 …: each day or the beginnings of weeks, months or years that fit.</summary>
    /// <param name="days">The first days of the steps in order, at least one.</param>
    /// <param name="width">Width of all steps in points.</param>
    /// <param name="texts">The date formats.</param>
    public static NumericManual Steps(List<DateOnly> days, float width, TrendChartTexts texts)
    {
        var ticks = new NumericManual();
        foreach (var (day, label) in DayMarks.Of(days, format => (int)(width / (LabelWidth(days[^1], format) + 18)), texts))
        {
            // The step in which the day lies.
            var at = days.BinarySearch(day) is >= 0 and var exact ? exact : Math.Max(0, ~days.BinarySearch(day) - 1);
            ticks.AddMajor(at, PrintableText.Of(label));
        }
        return ticks;
    }

    /// <summary>A count with its thousands set apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static float LabelWidth(DateOnly day, string format) => TextLine.Width(PrintableText.Of(DayMarks.Label(day, format)), PlotDress.TextSize);
}
