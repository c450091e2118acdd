using Feedback.Analytics.Rates;
using Feedback.Charts.Trends;

namespace Feedback.Analytics.Tests.Charts;

/// <summary>Chart models to draw.</summary>
internal static class Some
{
    public static readonly DateOnly Day = new(2026, 11, 1);

    public static TrendChartModel Trend(
        IEnumerable<TrendPoint> points, string title = "第一大厅 · 好评率", TrendChartTexts? texts = null)
    {
        texts ??= TrendChartTexts.Chinese;
        return new(title, "2026年11月", texts.Denominator(1_234), points, texts);
    }

    /// <summary>A point a day; null stands for a day without ratings.</summary>
    public static IEnumerable<TrendPoint> Days(params int?[] goodOfHundred) => goodOfHundred.Select((good, day) =>
        TrendPoint.Of(Day.AddDays(day), good is { } successes ? new Proportion(successes, 100) : default));

    /// <summary>Days of one seed: the same on every run.</summary>
    public static IEnumerable<TrendPoint> ManyDays(int count, int seed)
    {
        var random = new Random(seed);
        return Days([.. Enumerable.Range(0, count).Select(day => day % 7 == 6 ? (int?)null : random.Next(85, 101))]);
    }
}
