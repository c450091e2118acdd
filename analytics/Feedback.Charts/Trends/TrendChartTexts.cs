using System.Globalization;
using Feedback.Analytics.Periods;

namespace Feedback.Charts.Trends;

/// <summary>
/// The wording of a trend chart in one language. To chart another rate, change its name:
/// <c>TrendChartTexts.Chinese with { RateAxis = "主动评价率" }</c>.
/// Date and number formats are those of .NET, applied with the invariant culture; all days are local days of the hall.
/// </summary>
public sealed record TrendChartTexts
{
    /// <summary>The language's tag.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the rate: the vertical axis and its line.</summary>
    public required string RateAxis { get; init; }

    /// <summary>Name of the horizontal axis.</summary>
    public required string DayAxis { get; init; }

    /// <summary>Name of the band around the line.</summary>
    public required string IntervalName { get; init; }

    /// <summary>What is written in place of a line where no point is defined.</summary>
    public required string NoData { get; init; }

    /// <summary>The warning that the vertical axis does not begin at 0; {0} is where it begins.</summary>
    public required string AxisStartFormat { get; init; }

    /// <summary>The sentence naming the denominator; {0} is the number of ratings.</summary>
    public required string DenominatorFormat { get; init; }

    /// <summary>Format of a day with its year.</summary>
    public required string FullDayFormat { get; init; }

    /// <summary>The period in words; {0} is its first day, {1} its last, both written in full.</summary>
    public required string SpanFormat { get; init; }

    /// <summary>Format of a day on the horizontal axis.</summary>
    public required string DayFormat { get; init; }

    /// <summary>Format of a month on the horizontal axis.</summary>
    public required string MonthFormat { get; init; }

    /// <summary>Format of a year on the horizontal axis.</summary>
    public required string YearFormat { get; init; }

    /// <summary>Heading of the column of good ratings in a table.</summary>
    public required string GoodColumn { get; init; }

    /// <summary>Heading of the column of ratings in a table.</summary>
    public required string RatingsColumn { get; init; }

    /// <summary>Heading of the column of the interval's lower end, in per cent.</summary>
    public required string LowColumn { get; init; }

    /// <summary>Heading of the column of the interval's upper end, in per cent.</summary>
    public required string HighColumn { get; init; }

    /// <summary>Chinese wording for the satisfaction rate.</summary>
    public static TrendChartTexts Chinese { get; } = new()
    {
        Language = "zh-CN",
        RateAxis = "好评率",
        DayAxis = "日期",
        IntervalName = "95% 置信区间（Wilson）",
        NoData = "本期暂无主动评价",
        AxisStartFormat = "纵轴自 {0}% 起",
        DenominatorFormat = "主动评价 {0:N0} 条",
        FullDayFormat = "yyyy年M月d日",
        SpanFormat = "{0} 至 {1}",
        DayFormat = "M月d日",
        MonthFormat = "yyyy年M月",
        YearFormat = "yyyy年",
        GoodColumn = "好评（3–5 分）",
        RatingsColumn = "主动评价",
        LowColumn = "置信下限（%）",
        HighColumn = "置信上限（%）",
    };

    /// <summary>English wording for the satisfaction rate.</summary>
    public static TrendChartTexts English { get; } = new()
    {
        Language = "en",
        RateAxis = "Satisfaction rate",
        DayAxis = "Day",
        IntervalName = "95% confidence interval (Wilson)",
        NoData = "No active evaluations in this period",
        AxisStartFormat = "Vertical axis starts at {0}%",
        DenominatorFormat = "Active ratings: {0:N0}",
        FullDayFormat = "d MMM yyyy",
        SpanFormat = "{0} – {1}",
        DayFormat = "d MMM",
        MonthFormat = "MMM yyyy",
        YearFormat = "yyyy",
        GoodColumn = "Good (grades 3–5)",
        RatingsColumn = "Active ratings",
        LowColumn = "Interval from (%)",
        HighColumn = "Interval to (%)",
    };

    /// <summary>The wording for a language: English for en…, Chinese for everything else.</summary>
    /// <param name="language">A language tag such as zh-CN or en; null stands for Chinese.</param>
    public static TrendChartTexts For(string? language) =>
        language?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? English : Chinese;

    /// <summary>The period in words, naming its last day where <see cref="Period.To"/> names the day after.</summary>
    /// <param name="period">The half-open period.</param>
    public string Span(Period period)
    {
        var first = DayMarks.Label(period.From, FullDayFormat);
        return period.Days == 1 ? first : Written(SpanFormat, first, DayMarks.Label(period.To.AddDays(-1), FullDayFormat));
    }

    /// <summary>The sentence naming the denominator.</summary>
    /// <param name="ratings">Number of ratings, 0 or more.</param>
    public string Denominator(long ratings) => Written(DenominatorFormat, ratings);

    internal string AxisStart(double percent) => Written(AxisStartFormat, percent);

    private static string Written(string format, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, format, values);
}
