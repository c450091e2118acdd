using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>import orders</c>, <c>orders compare</c> and <c>orders tell</c> as people use them, every night.</summary>
public sealed class OrderImportTests : IDisposable
{
    private const string Header = "工单编号,派单时间,主办单位,诉求内容,联系电话,办理时限\r\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_nightly_list_opens_each_order_once_and_the_citys_results_are_held_against_ours()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve", "--second-factor", "optional");
        var token = await TokenAsync(data, server.Url);
        await File.WriteAllTextAsync(_folder["token"], token + "\n");
        await WriteAsync("orders.csv", Header + "GD-1,2026-01-05 09:00:00,青禾区交通运输局,\"站牌损坏，\n一周无人修复\",13800000000,5个工作日\r\nGD-2,2026-01-05 10:00:00,n1,道路积水,,\r\n");
        await WriteAsync("bad.csv", Header + "GD-3,2026-01-05 09:00:00,n1,站牌,,\r\nGD-3,never,n1,站牌,,\r\n");
        await WriteAsync("unknown.csv", Header + "GD-4,2026-01-05 09:00:00,n1,站牌,,\r\nGD-5,2026-01-05 09:00:00,没有的单位,站牌,,\r\n");

        var tried = await ImportAsync(server.Url, "orders.csv", "--dry-run");
        var first = await ImportAsync(server.Url, "orders.csv");
        var again = await ImportAsync(server.Url, "orders.csv");
        var bad = await ImportAsync(server.Url, "bad.csv", "--errors", _folder["errors.csv"]);
        var unknown = await ImportAsync(server.Url, "unknown.csv");

        Assert.Equal((0, 0, 0, 3, 3), (tried.Code, first.Code, again.Code, bad.Code, unknown.Code));
        Assert.Contains("2 orders: 2 opened, 0 there already, 0 refused", first.Output, StringComparison.Ordinal);
        Assert.Contains("2 orders: 0 opened, 2 there already, 0 refused", again.Output, StringComparison.Ordinal);
        Assert.Contains("2 errors in 2 rows; nothing was sent.", bad.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(_folder["errors.csv"])).Length);
        Assert.Contains("2 orders: 1 opened, 0 there already, 1 refused", unknown.Output, StringComparison.Ordinal);
        Assert.Contains("3, GD-5: ", unknown.Output, StringComparison.Ordinal);
        Assert.Equal("dispatched", (string?)(await OrderAsync(server.Url, token, "GD-1"))["stage"]);

        await WriteAsync("city.csv", "工单编号,是否退回\r\nGD-1,否\r\nGD-2,是\r\nGD-9,否\r\n");
        await File.WriteAllTextAsync(_folder["results.json"], """{ "number": { "column": "工单编号" }, "returned": { "column": "是否退回" } }""");
        var compared = await FeedbackProcess.RunAsync(
            ["orders", "compare", _folder["city.csv"], "--mapping", _folder["results.json"], "--output", _folder["different.csv"], .. data.Options]);

        Assert.Equal(3, compared.Code);
        Assert.Contains("3 orders of the city, 3 of ours, 2 of both", compared.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["\uFEFFnumber,what,theirs,ours", "GD-2,returned,yes,no", "GD-4,only-ours,,", "GD-9,only-theirs,,"],
            Encoding.UTF8.GetString(await File.ReadAllBytesAsync(_folder["different.csv"])).Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));

        // The very same comparison, by the service that runs.
        var month = Wait.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var told = await FeedbackProcess.RunAsync(
            ["orders", "tell", _folder["city.csv"], "--mapping", _folder["results.json"], "--node", "n1", "--month", month, "--url", server.Url.ToString(), "--token-file", _folder["token"]]);
        Assert.Equal((0, ""), (told.Code, told.Errors));
        var beside = await ReadAsync(server.Url, data.ApiToken, $"/api/v1/hotline-figures/n1/{month}");
        Assert.Equal((3, 3, 2), ((int)beside["theirOrders"]!, (int)beside["ourOrders"]!, (int)beside["both"]!));
        Assert.Equal(
            ["GD-2,returned,true,false", "GD-4,only-ours,,", "GD-9,only-theirs,,"],
            beside["differences"]!.AsArray().Select(one => $"{one!["number"]},{one["what"]},{one["theirs"]},{one["ours"]}"));
    }

    // As the hotline's own system writes it.
    private Task WriteAsync(string file, string text) => File.WriteAllBytesAsync(_folder[file], CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));

    private Task<Ended> ImportAsync(Uri url, string file, params string[] more) => FeedbackProcess.RunAsync(
        ["import", "orders", _folder[file], "--mapping", "12345", "--url", url.ToString(), "--token-file", _folder["token"], "--lang", "en", .. more]);

    private static async Task<string> TokenAsync(DemoData data, Uri url)
    {
        using var people = new DemoPeople(data, url);
        using var body = new StringContent("""{"node":"n1","permissions":["send-orders"]}""", Encoding.UTF8, "application/json");
        using var issued = await (await people.SignedInAsync("security")).PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), body);
        return (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["secret"]!;
    }

    private static Task<JsonNode> OrderAsync(Uri url, string token, string number) => ReadAsync(url, token, "/api/v1/orders/" + number);

    private static async Task<JsonNode> ReadAsync(Uri url, string token, string path)
    {
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)))!;
    }
}
