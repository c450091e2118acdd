using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Charts;

[Collection(OneSite.Name)]
public sealed class ChartTests(RunningSite site)
{
    private static readonly string[] Names = ["grades", "trend", "dimensions", "hours", "volume"];
    private static readonly string[] OfCases = ["closing-time", "case-flow"];

    public static TheoryData<string> AllNames => new(Names);

    [Fact]
    public async Task The_list_names_every_chart_in_both_languages_with_its_parameters()
    {
        var list = (await site.Client.GetAsync("/api/v1/charts")).Json;

        Assert.Equal([.. Names, .. OfCases], list["charts"]!.AsArray().Select(chart => (string?)chart!["name"]));
        Assert.Equal(["png", "svg", "csv"], list["formats"]!.AsArray().Select(format => (string?)format));
        foreach (var chart in list["charts"]!.AsArray())
        {
            Assert.Contains((string)chart!["zh"]!, letter => letter is >= '\u4e00' and <= '\u9fff');
            Assert.Matches("^[A-Z][a-z ]+$", (string)chart["en"]!);
            Assert.Equal(["node", "from", "to", "lang", "theme", "width", "height"], chart["parameters"]!.AsArray().Select(one => (string?)one!["name"]));
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public async Task Every_chart_is_a_PNG_of_the_size_asked_for_an_SVG_and_a_table(string name)
    {
        var (hall, day) = await RatedHallAsync();

        var png = await GetAsync($"{name}.png?node={hall.Id}&width=640&height=360&theme=dark");
        var svg = await GetAsync($"{name}.svg?node={hall.Id}&lang=zh");
        var csv = await GetAsync($"{name}.csv?node={hall.Id}&lang=zh");

        Assert.Equal(("image/png", "no-cache, private"), (png.MediaType, png.CacheControl));
        // Width and height stand in the first chunk, ISO/IEC 15948 (PNG) clause 11.2.2.
        Assert.Equal([0, 0, 2, 128, 0, 0, 1, 104], png.Bytes[16..24]);
        Assert.Equal("image/svg+xml", svg.MediaType);
        var texts = XDocument.Parse(svg.Text).Descendants(XName.Get("text", "http://www.w3.org/2000/svg")).Select(text => text.Value).ToList();
        Assert.Contains(texts, text => text.StartsWith("青禾 ", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("主动评价 3 条", StringComparison.Ordinal));
        Assert.Equal(("text/csv", true), (csv.MediaType, csv.Text.StartsWith('\uFEFF')));
        // Midnight may be past by now.
        Assert.Contains(csv.FileName, new[] { day, day.AddDays(1) }.Select(last => $"{name}-{hall.Id}-{last.AddDays(-29):yyyy-MM-dd}-{last:yyyy-MM-dd}.csv"));
    }

    [Fact]
    public async Task Tables_hold_what_was_rated()
    {
        var (hall, day) = await RatedHallAsync();
        var month = Through(day, day.AddDays(-29));

        Assert.Equal(
            "\uFEFFPlace,Very satisfied,Satisfied,Fairly satisfied,Dissatisfied,Very dissatisfied,Active evaluations,Satisfaction rate (%)\r\n"
            + "All,2,0,0,0,1,3,66.7\r\nQinghe,1,0,0,0,1,2,50.0\r\nQinghe,1,0,0,0,0,1,100\r\n",
            (await GetAsync($"grades.csv?node={hall.Id}&lang=en&{month}")).Text);
        Assert.Equal(
            "\uFEFFDay,Good (grades 3–5),Active ratings,Satisfaction rate (%),Interval from (%),Interval to (%)\r\n"
            + $"{day.AddDays(-1):yyyy-MM-dd},0,0,,,\r\n{day:yyyy-MM-dd},2,3,66.7,20.8,93.9\r\n",
            (await GetAsync($"trend.csv?node={hall.Id}&lang=en&{Through(day, day.AddDays(-1))}")).Text);
        Assert.Contains("\r\nAttitude,1,1,100,20.7,100.0\r\nTimeliness,0,1,0,0.0,79.3\r\n", (await GetAsync($"dimensions.csv?node={hall.Id}&lang=en&{month}")).Text);
        Assert.EndsWith($"\r\n{day:yyyy-MM-dd},3,1,0,1,2\r\n", (await GetAsync($"volume.csv?node={hall.Id}&lang=en&{month}")).Text);
        var hours = (await GetAsync($"hours.csv?node={hall.Id}&lang=en&{month}")).Text.Split("\r\n");
        Assert.Equal(3, hours.Skip(1).Where(row => row.Length > 0).Sum(row => int.Parse(row.Split(',')[3], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task An_unchanged_chart_is_not_sent_again_and_a_new_evaluation_changes_it()
    {
        var (hall, day) = await RatedHallAsync();
        foreach (var node in new[] { hall.Id, hall.Window })
        {
            foreach (var name in Names)
            {
                var address = $"{name}.svg?node={node}&lang=en&{Through(day.AddDays(1), day)}";
                var first = await GetAsync(address);
                Assert.Matches("^\"[0-9a-f]{32}\"$", first.Tag);
                Assert.Equal(first.Bytes, (await GetAsync(address)).Bytes);
                var unchanged = await GetAsync(address, ifNoneMatch: first.Tag);
                Assert.Equal((HttpStatusCode.NotModified, 0, first.Tag), (unchanged.Status, unchanged.Bytes.Length, unchanged.Tag));

                await site.Client.PushAsync(Some.Evaluation(hall.Window, 2).With(("dimensions", new JsonObject { ["style"] = 1 })));

                var changed = await Wait.ForAsync<Chart>("the chart changes", async () =>
                    await GetAsync(address, ifNoneMatch: first.Tag) is { Status: HttpStatusCode.OK } answer ? answer : null);
                Assert.NotEqual(first.Tag, changed.Tag);
            }
        }
    }

    [Theory]
    [InlineData("trend.png", 400, "member-missing", "node")]
    [InlineData("trend.png?node=", 400, "member-missing", "node")]
    [InlineData("trend.png?node=n999999", 404, "node-unknown", "node")]
    [InlineData("trend.png?node=beishan", 404, "node-unknown", "node")]
    [InlineData("pie.png?node=qinghe", 404, "chart-unknown", "name")]
    [InlineData("Trend.png?node=qinghe", 404, "chart-unknown", "name")]
    [InlineData("trend.pdf?node=qinghe", 400, "format-unknown", "format")]
    [InlineData("trend.PNG?node=qinghe", 400, "format-unknown", "format")]
    [InlineData("trend.png?node=qinghe&lang=fr", 400, "language-unknown", "lang")]
    [InlineData("trend.png?node=qinghe&theme=sepia", 400, "theme-unknown", "theme")]
    [InlineData("trend.png?node=qinghe&width=199", 400, "size-invalid", "width")]
    [InlineData("trend.png?node=qinghe&width=3001", 400, "size-invalid", "width")]
    [InlineData("trend.png?node=qinghe&width=8e2", 400, "size-invalid", "width")]
    [InlineData("trend.png?node=qinghe&width=", 400, "size-invalid", "width")]
    [InlineData("trend.png?node=qinghe&width=800&width=900", 400, "size-invalid", "width")]
    [InlineData("trend.png?node=qinghe&height=149", 400, "size-invalid", "height")]
    [InlineData("trend.png?node=qinghe&height=99999999999999999999", 400, "size-invalid", "height")]
    [InlineData("trend.csv?node=qinghe&height=-450", 400, "size-invalid", "height")]
    [InlineData("trend.png?node=qinghe&from=yesterday", 400, "day-invalid", "from")]
    [InlineData("trend.png?node=qinghe&from=", 400, "member-missing", "from")]
    [InlineData("trend.png?node=qinghe&to=2026-02-30", 400, "day-invalid", "to")]
    [InlineData("trend.png?node=qinghe&from=2026-01-02&to=2026-01-02", 400, "period-empty", "to")]
    [InlineData("trend.png?node=qinghe&from=8000-01-01", 400, "period-empty", "from")]
    [InlineData("trend.png?node=qinghe&from=1990-01-01&to=2026-01-02", 400, "period-too-long", "to")]
    public async Task A_bad_question_is_refused_by_name(string question, int status, string code, string field)
    {
        foreach (var language in new[] { "zh", "en" })
        {
            var answer = await site.Client.GetAsync("/api/v1/charts/" + question, language: language);

            Assert.Equal((status, code, field, "application/problem+json"), (answer.Status, answer.Code, answer.Field, answer.MediaType));
            Assert.Equal(language == "zh", answer.Title.Any(letter => letter is >= '\u4e00' and <= '\u9fff'));
        }
    }

    [Fact]
    public async Task A_refused_size_tells_the_sizes_there_are()
    {
        Assert.Contains("200–3000", (await site.Client.GetAsync("/api/v1/charts/trend.png?node=qinghe&width=5")).Title);
        Assert.Contains("150–2000", (await site.Client.GetAsync("/api/v1/charts/trend.png?node=qinghe&height=5", language: "zh")).Title);
    }

    [Fact]
    public async Task Who_may_not_read_a_node_sees_no_chart_of_it()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        var token = (await site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id))).Secret;
        Assert.Equal(200, (await site.Client.GetAsync($"/api/v1/charts/trend.csv?node={hall.Id}", token)).Status);

        // Cached for one reader, and still refused to another.
        Assert.Equal(200, (await site.Client.GetAsync($"/api/v1/charts/trend.csv?node={other.Id}")).Status);
        Assert.Equal((404, "node-unknown"), await RefusalAsync($"/api/v1/charts/trend.csv?node={other.Id}", token));
        foreach (var path in new[] { "/api/v1/charts", $"/api/v1/charts/trend.csv?node={hall.Id}" })
        {
            Assert.Equal((401, "key-missing"), await RefusalAsync(path, null));
            Assert.Equal((401, "key-invalid"), await RefusalAsync(path, site.DeviceKey));
        }

        async Task<(int, string?)> RefusalAsync(string path, string? key) =>
            await site.Client.GetAsync(path, key) is var answer ? (answer.Status, answer.Code) : default;
    }

    [Fact]
    public async Task The_reader_s_language_is_used_where_none_is_asked_for()
    {
        var hall = await site.NewHallAsync();

        Assert.StartsWith("\uFEFF日期,", (await site.Client.GetAsync($"/api/v1/charts/trend.csv?node={hall.Id}", language: "zh-CN")).Text);
        Assert.StartsWith("\uFEFFDay,", (await site.Client.GetAsync($"/api/v1/charts/trend.csv?node={hall.Id}", language: "fr")).Text);
    }

    [Fact]
    public async Task Long_periods_are_told_in_weeks_and_then_in_months()
    {
        var hall = await site.NewHallAsync();

        Assert.StartsWith("\uFEFFWeek from Monday,", (await GetAsync($"trend.csv?node={hall.Id}&lang=en&from=2026-01-01&to=2026-07-01")).Text);
        var months = (await GetAsync($"volume.csv?node={hall.Id}&lang=en&from=2017-01-01&to=2027-01-01")).Text;
        Assert.Equal(("\uFEFFMonth", 122), (months.Split(',')[0], months.Split("\r\n").Length));
    }

    private static string Through(DateOnly last, DateOnly from) => $"from={from:yyyy-MM-dd}&to={last.AddDays(1):yyyy-MM-dd}";

    // All at one time: a test that begins before midnight may end after it.
    private async Task<(OpenHall Hall, DateOnly Day)> RatedHallAsync()
    {
        var hall = await site.NewHallAsync(windows: 2);
        await site.CountSilenceAsync(hall.Id);
        var at = Some.Time();
        var day = DateOnly.ParseExact(at[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        await site.Client.PushAsync(Some.Evaluation(hall.Windows[0], occurredAt: at).With(("dimensions", new JsonObject { ["attitude"] = 5 })));
        await site.Client.PushAsync(Some.Evaluation(hall.Windows[1], occurredAt: at).With(("dimensions", new JsonObject { ["timeliness"] = 1 })));
        await site.Client.PushAsync(Some.Evaluation(hall.Windows[0], 1, occurredAt: at));
        await site.Client.PushAsync(Some.Evaluation(hall.Windows[0], 5, "default", at));
        await site.Client.PushAsync(Some.Evaluation(hall.Windows[0], null, "declined", at));
        await site.Client.PushAsync(Some.Matter(hall.Windows[0], finishedAt: at), Client.Matters);
        await site.Client.PushAsync(Some.Matter(hall.Windows[1], finishedAt: at), Client.Matters);
        await Wait.ForAsync<Chart>("the hall counts all of it", async () =>
            await GetAsync($"volume.csv?node={hall.Id}&lang=en&{Through(day, day)}") is var chart && chart.Text.EndsWith(",3,1,0,1,2\r\n", StringComparison.Ordinal) ? chart : null);
        return (hall, day);
    }

    private async Task<Chart> GetAsync(string question, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/charts/" + question);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + site.Token);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using var answer = await site.Client.OpenAsync(request);
        return new Chart(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(),
            answer.Headers.ETag?.ToString(), answer.Headers.CacheControl?.ToString(), answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    private sealed record Chart(HttpStatusCode Status, string? MediaType, byte[] Bytes, string? Tag, string? CacheControl, string? FileName)
    {
        public string Text => Encoding.UTF8.GetString(Bytes);
    }
}
