using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Feedback.Analytics.Grades;
using Feedback.Charts;
using Feedback.Charts.Grades;
using Feedback.Charts.Words;
using Xunit;

namespace Feedback.Analytics.Tests.Charts;

public partial class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly ChartSize Usual = new(800, 450);

    [Theory]
    [InlineData("zh", ChartTheme.Light, 800, 450)]
    [InlineData("en", ChartTheme.Dark, 800, 450)]
    [InlineData("zh", ChartTheme.Dark, 200, 150)]
    [InlineData("en", ChartTheme.Light, 360, 300)]
    [InlineData("en", ChartTheme.Light, 3_000, 150)]
    [InlineData("zh", ChartTheme.Light, 200, 2_000)]
    public void Every_chart_of_whatever_data_is_one_document_with_ids_of_its_own_and_no_text_beyond_its_edges(
        string language, ChartTheme theme, int width, int height)
    {
        foreach (var (name, model) in SomeCharts.All(Words(language)))
        {
            var root = Parse(ChartPicture.Svg(model, new ChartSize(width, height), theme));

            Assert.Equal(("img", $"0 0 {width} {height}"), ((string?)root.Attribute("role"), (string?)root.Attribute("viewBox")));
            var ids = root.Descendants().Attributes("id").Select(id => id.Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(References(root), id => Assert.Contains(id, ids));
            Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), attribute =>
                !attribute.IsNamespaceDeclaration && attribute.Value.Contains("://", StringComparison.Ordinal));
            Assert.Empty(root.Descendants(Svg + "image"));
            foreach (var text in root.Descendants(Svg + "text").Where(text => text.Value.Trim().Length > 0))
            {
                var (across, down) = Moved(text);
                var (left, size) = (across + Number(text, "x"), Number(text, "font-size"));
                var right = left + (text.Attribute("textLength") is null ? size / 2 : Number(text, "textLength"));
                Assert.True(left >= -0.5 && right <= width + 0.5, $"{name}: '{text.Value}' lies from {left} to {right}");
                Assert.InRange(down + Number(text, "y"), 0, height);
            }
        }
    }

    [Theory]
    [InlineData("zh", "江源区 Jiangyuan", "2026年10月27日 至 2026年11月25日")]
    [InlineData("en", "江源区 Jiangyuan", "27 Oct 2026 – 25 Nov 2026")]
    public void Title_period_and_denominator_are_real_text_in_every_chart(string language, string title, string period)
    {
        foreach (var (name, model) in SomeCharts.All(Words(language)).Where(chart => chart.Name.EndsWith("plain", StringComparison.Ordinal)))
        {
            var texts = Texts(model);

            Assert.Contains(title, texts);
            Assert.Contains(period, texts);
            Assert.True(texts.Any(text => text.StartsWith(model.Denominator, StringComparison.Ordinal)), $"{name} lacks '{model.Denominator}'");
        }
    }

    [Fact]
    public void A_document_names_and_describes_itself_with_characters_that_the_font_lacks()
    {
        var root = Parse(ChartPicture.Svg(SomeCharts.Trend(ChartWords.Chinese, "王堃窗口"), Usual, ChartTheme.Light));

        Assert.Equal("王堃窗口", root.Element(Svg + "title")!.Value);
        Assert.Contains("主动评价 0 条", root.Element(Svg + "desc")!.Value);
        Assert.Equal(
            root.Elements().Take(2).Select(element => (string?)element.Attribute("id")), ((string?)root.Attribute("aria-labelledby"))!.Split(' '));
        Assert.Contains("王□窗口", root.Descendants(Svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Two_charts_on_one_page_share_no_id()
    {
        var ids = SomeCharts.All(ChartWords.English).Where(chart => chart.Name.EndsWith("plain", StringComparison.Ordinal))
            .SelectMany(chart => Parse(ChartPicture.Svg(chart.Model, Usual, ChartTheme.Light)).Descendants().Attributes("id").Select(id => id.Value)).ToList();

        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void The_same_model_gives_the_same_document()
    {
        foreach (var (first, second) in SomeCharts.All(ChartWords.Chinese).Zip(SomeCharts.All(ChartWords.Chinese)))
            Assert.Equal(ChartPicture.Svg(first.Model, Usual, ChartTheme.Light), ChartPicture.Svg(second.Model, Usual, ChartTheme.Light));
    }

    [Fact]
    public void Without_evaluations_every_chart_says_so()
    {
        foreach (var (name, model) in SomeCharts.All(ChartWords.English).Where(chart => chart.Name.EndsWith("of none", StringComparison.Ordinal)))
            Assert.True(Texts(model).Any(text => text.Contains("in this period", StringComparison.Ordinal)), name);
    }

    [Fact]
    public void Of_two_hundred_places_the_worst_are_shown_and_the_picture_says_so()
    {
        var rows = Enumerable.Range(1, 200).Select(at => new GradeRow($"Window {at}", new GradeCounts(at, 0, 0, 1, 0)));
        var texts = Texts(SomeCharts.Grades(ChartWords.English, "Hall", rows));

        Assert.Contains("Window 1", texts);
        Assert.DoesNotContain("Window 200", texts);
        var shown = texts.Count(text => text.StartsWith("Window ", StringComparison.Ordinal));
        Assert.InRange(shown, 8, 20);
        Assert.Contains($"{200 - shown} others", texts);
        Assert.Contains(texts, text => text.EndsWith($"Lowest rates first; {shown} of 200 shown, the others added up", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_holds_the_numbers_of_its_picture()
    {
        var model = SomeCharts.Grades(ChartWords.English, "Hall", new GradeRow("A", new(60, 30, 5, 4, 1)), new GradeRow("B", new(2, 0, 0, 0, 1)));

        Assert.Equal(
            "Place,Very satisfied,Satisfied,Fairly satisfied,Dissatisfied,Very dissatisfied,Active evaluations,Satisfaction rate (%)\r\n"
            + "All,62,30,5,4,2,103,94.2\r\nB,2,0,0,0,1,3,66.7\r\nA,60,30,5,4,1,100,95.0\r\n", SomeCharts.Csv(model));
        Assert.All(["94.2% · 103", "66.7% · 3", "95.0% · 100"], figure => Assert.Contains(figure, Texts(model)));
    }

    private static ChartWords Words(string language) => ChartWords.For(CultureInfo.GetCultureInfo(language));

    private static XElement Parse(byte[] svg) => XDocument.Parse(Encoding.UTF8.GetString(svg)).Root!;

    private static List<string> Texts(ChartModel model) =>
        [.. Parse(ChartPicture.Svg(model, Usual, ChartTheme.Light)).Descendants(Svg + "text").Select(text => text.Value)];

    private static IEnumerable<string> References(XElement root) =>
        root.DescendantsAndSelf().Attributes().SelectMany(attribute => Reference().Matches(attribute.Value).Select(match => match.Groups[1].Value));

    private static (double Across, double Down) Moved(XElement text) =>
        Translation().Match((string?)text.Attribute("transform") ?? "") is { Success: true } moved
            ? (double.Parse(moved.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(moved.Groups[2].Value, CultureInfo.InvariantCulture))
            : default;

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^translate\(([-\d.]+)[ ,]+([-\d.]+)\)$")]
    private static partial Regex Translation();

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex Reference();
}
