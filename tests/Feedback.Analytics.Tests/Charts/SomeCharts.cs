using System.Text;
using Feedback.Analytics.Cases;
using Feedback.Analytics.Grades;
using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Charts;
using Feedback.Charts.Cases;
using Feedback.Charts.Dimensions;
using Feedback.Charts.Grades;
using Feedback.Charts.Hours;
using Feedback.Charts.Trends;
using Feedback.Charts.Volumes;
using Feedback.Charts.Words;

namespace Feedback.Analytics.Tests.Charts;

/// <summary>Every chart with the data that charts are broken by.</summary>
internal static class SomeCharts
{
    public static readonly Period Month = new(new(2026, 10, 27), new(2026, 11, 26));

    public static readonly string Endless = string.Concat(Enumerable.Repeat("江源区交通运输局政务服务中心 (main hall) ", 20));

    /// <summary>Names that no font, no spreadsheet and no XML likes.</summary>
    public static readonly string[] UglyNames =
        [Endless, "𬭼㙓堃 <b>&\"窗口\"</b>", "=cmd|' /C calc'!A0", "]]>&#0;", "آیا\u202Eab", "\u0000\t\r\n", "坏\uD800字", "W", ""];

    public static GradeCounts Counts(long good, long bad) => new(good / 2, good / 4, good - good / 2 - good / 4, bad - bad / 3, bad / 3);

    public static GradeChartModel Grades(ChartWords words, string title, params IEnumerable<GradeRow> rows) =>
        new(title, words.Span(Month), rows.Aggregate(default(GradeCounts), (sum, row) => sum + row.Counts), rows, words);

    public static TrendChartModel Trend(ChartWords words, string title, params IEnumerable<Proportion> rates) => new(
        title, words.Span(Month), words.Say("denominator", rates.Sum(rate => rate.Trials)),
        rates.Select((rate, day) => TrendPoint.Of(Month.From.AddDays(day), rate)), words.Trend);

    public static DimensionChartModel Dimensions(ChartWords words, string title, Proportion overall, params IEnumerable<DimensionRow> rows) =>
        new(title, words.Span(Month), overall, rows, words);

    public static HourChartModel Hours(ChartWords words, string title, Func<int, int, GradeCounts> counts, long unknown = 0) =>
        new(title, words.Span(Month), Enumerable.Range(0, 168).Select(cell => counts(cell / 24, cell % 24)), unknown, words);

    public static VolumeChartModel Volume(ChartWords words, string title, Proportion response, params IEnumerable<VolumeStep> steps) =>
        new(title, words.Span(Month), steps, response, words["day"], words);

    public static ClosingTimeChartModel Closing(ChartWords words, string title, params IEnumerable<(string Name, CaseSpan[] Cases)> categories) => new(
        title, words.Span(Month), ClosingTime.OfAll(categories.SelectMany(category => category.Cases)),
        categories.Select(category => new ClosingTimeRow(category.Name, ClosingTime.OfAll(category.Cases))), words);

    public static CaseFlowChartModel Flow(ChartWords words, string title, params IEnumerable<CaseDay> days) => new(title, words.Span(Month), days, words["day"], words);

    /// <summary>A case for each duration; −1 stands for one that is open.</summary>
    public static CaseSpan[] Took(params IEnumerable<double> hours) =>
        [.. hours.Select(took => new CaseSpan("", 0, took < 0 ? null : (long)(took * 3_600_000)))];

    /// <summary>All charts of all shapes of data in one language.</summary>
    public static IEnumerable<(string Name, ChartModel Model)> All(ChartWords words)
    {
        var rates = Enumerable.Range(0, 30).Select(day => day % 7 == 6 ? default : new Proportion(90 + day % 10, 100)).ToList();
        foreach (var (shape, title) in (IEnumerable<(string, string)>)[("plain", "江源区 Jiangyuan"), ("ugly", Endless), .. UglyNames.Index().Skip(1).Select(name => ($"name {name.Index}", name.Item))])
        {
            yield return ($"grades {shape}", Grades(words, title, UglyNames.Select((name, at) => new GradeRow(name, Counts(1_000_000 * at, 7 * at)))));
            yield return ($"trend {shape}", Trend(words, title, rates));
            yield return ($"dimensions {shape}", Dimensions(words, title, new(93, 100), UglyNames.Select((name, at) => new DimensionRow(name, new(90 * at, 100 * at)))));
            yield return ($"hours {shape}", Hours(words, title, (day, hour) => Counts(1000 * day + hour, day), unknown: 1_000));
            yield return ($"closing {shape}", Closing(words, title, UglyNames.Select((name, at) => (name, Took(Enumerable.Range(0, 20).Select(hour => at * at * hour * 5.0))))));
            yield return ($"flow {shape}", Flow(words, title, Enumerable.Range(0, 30).Select(day => new CaseDay(Month.From.AddDays(day), 40 + day * 13 % 17, day < 5 ? 0 : 50 - day, 3 * day * (30 - day) / 10))));
            yield return ($"volume {shape}", Volume(words, title, new(7, 9), Enumerable.Range(0, 30).Select(day => new VolumeStep(Month.From.AddDays(day), 1_000_000 * day, 5 * day, day, 1, 1_234_567))));
        }

        yield return ("grades of 200", Grades(words, "江源区", Enumerable.Range(1, 200).Select(at => new GradeRow($"第{at}窗口 window {at}", Counts(at * 3, at % 5)))));
        yield return ("grades all good", Grades(words, "江源区", new GradeRow("甲", new(100, 0, 0, 0, 0)), new GradeRow("乙", new(7, 0, 0, 0, 0))));
        yield return ("grades of one", Grades(words, "江源区", new GradeRow("甲", new(0, 0, 0, 0, 1)), new GradeRow("乙", default)));
        yield return ("grades of none", Grades(words, "江源区", new GradeRow("甲", default)));
        yield return ("grades of a window", Grades(words, "一号窗口"));
        yield return ("trend all good", Trend(words, "江源区", Enumerable.Repeat(new Proportion(9, 9), 30)));
        yield return ("trend of one", Trend(words, "江源区", default, new Proportion(0, 1), default));
        yield return ("trend of none", Trend(words, "江源区", new Proportion[30]));
        yield return ("dimensions all good", Dimensions(words, "江源区", new(9, 9), new DimensionRow("态度", new(9, 9)), new DimensionRow("时限", new(1, 1))));
        yield return ("dimensions of one", Dimensions(words, "江源区", new(0, 1), new DimensionRow("态度", new(0, 1)), new DimensionRow("时限", default)));
        yield return ("dimensions of none", Dimensions(words, "江源区", default, new DimensionRow("态度", default)));
        yield return ("closing of 200", Closing(words, "江源区", Enumerable.Range(1, 200).Select(at => ($"第{at}类 category {at}", Took(at, 3 * at)))));
        yield return ("closing at once", Closing(words, "江源区", ("甲", Took(0, 0)), ("乙", Took(0))));
        yield return ("closing of one", Closing(words, "江源区", ("甲", Took(7)), ("乙", Took(-1))));
        yield return ("closing of none", Closing(words, "江源区", ("甲", Took(-1))));
        yield return ("flow of one", Flow(words, "江源区", new CaseDay(Month.From, 1, 0, 1)));
        yield return ("flow of a year", Flow(words, "江源区", Enumerable.Range(0, 365).Select(day => new CaseDay(Month.From.AddDays(day), 5_000_000, 4_999_000, 1_000L * day))));
        yield return ("flow of none", Flow(words, "江源区", new CaseDay(Month.From, 0, 0, 0)));
        yield return ("hours of one", Hours(words, "江源区", (day, hour) => day == 6 && hour == 23 ? new(1, 0, 0, 0, 0) : default));
        yield return ("hours of none", Hours(words, "江源区", (_, _) => default));
        yield return ("hours unknown", Hours(words, "江源区", (_, _) => default, unknown: 9));
        yield return ("volume of one", Volume(words, "江源区", default, new VolumeStep(Month.From, 1, 0, 0, 0, 0)));
        yield return ("volume of none", Volume(words, "江源区", default, new VolumeStep(Month.From, 0, 0, 0, 0, 0)));
    }

    /// <summary>The CSV of a model without its mark.</summary>
    public static string Csv(ChartModel model) => Encoding.UTF8.GetString(model.Table.Csv()).TrimStart('\uFEFF');
}
