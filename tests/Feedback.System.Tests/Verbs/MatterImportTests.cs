using System.Text;
using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>import matters</c> as offices use it, every night.</summary>
public sealed class MatterImportTests : IDisposable
{
    private const string Header = "办件编号,受理单位,事项编码,申请方式,受理时间,承诺时限,到场次数,办件状态,办结时间,办理结果\r\n";
    private const string Done = "BJ-1,n2,road-freight-licence,窗口,2026-01-05 09:00:00,10个工作日,2,已办结,2026-01-08 15:00:00,准予许可\r\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_nightly_list_is_taken_whole_and_once_and_a_later_one_moves_its_matters_on()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve", "--second-factor", "optional");
        var token = await TokenAsync(data, server.Url);
        await File.WriteAllTextAsync(_folder["token"], token + "\n");
        await WriteAsync("monday.csv", Header + Done + "BJ-2,n2,road-freight-licence,网上,2026-01-06 09:00:00,,,在办,,\r\n");
        await WriteAsync("tuesday.csv", Header + Done + "BJ-2,n2,road-freight-licence,网上,2026-01-06 09:00:00,,1,撤回,2026-01-07 10:00:00,申请人撤回\r\n");
        await WriteAsync("bad.csv", Header + Done + "BJ-1,n2,,窗口,昨天,,,在办,,\r\n");
        await WriteAsync("unknown.csv", Header + "BJ-7,n2,road-freight-licence,窗口,2026-01-06 09:00:00,,,在办,,\r\nBJ-8,n999999,no-such-item,窗口,2026-01-06 09:00:00,,,在办,,\r\n");

        var tried = await ImportAsync(server.Url, "monday.csv", "--dry-run");
        var first = await ImportAsync(server.Url, "monday.csv");
        var again = await ImportAsync(server.Url, "monday.csv");
        var later = await ImportAsync(server.Url, "tuesday.csv");
        var bad = await ImportAsync(server.Url, "bad.csv", "--errors", _folder["errors.csv"]);
        var unknown = await ImportAsync(server.Url, "unknown.csv", "--errors", _folder["unknown-errors.csv"]);

        Assert.True((tried.Code, first.Code, again.Code, later.Code, bad.Code, unknown.Code) == (0, 0, 0, 0, 3, 3), first.Output + first.Errors + unknown.Output);
        Assert.Contains("2 matters can be taken; nothing was sent.", tried.Output, StringComparison.Ordinal);
        Assert.Contains("2 matters: 2 accepted, 0 moved on, 0 as they were, 0 refused", first.Output, StringComparison.Ordinal);
        Assert.Contains("2 matters: 0 accepted, 0 moved on, 2 as they were, 0 refused", again.Output, StringComparison.Ordinal);
        Assert.Contains("2 matters: 0 accepted, 1 moved on, 1 as they were, 0 refused", later.Output, StringComparison.Ordinal);
        Assert.Contains("3 errors in 2 rows; nothing was sent.", bad.Output, StringComparison.Ordinal);
        Assert.Contains("3,受理单位,n999999,", await File.ReadAllTextAsync(_folder["unknown-errors.csv"]), StringComparison.Ordinal);
        var stages = (await MattersAsync(server.Url, token))["counts"]!;
        Assert.Equal((1, 1), ((int)stages["completed"]!, (int)stages["withdrawn"]!));
        Assert.Null(stages["open"]);
    }

    // As business systems of service halls write it.
    private Task WriteAsync(string file, string text) => File.WriteAllBytesAsync(_folder[file], CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));

    private Task<Ended> ImportAsync(Uri url, string file, params string[] more) => FeedbackProcess.RunAsync(
        ["import", "matters", _folder[file], "--mapping", "matters", "--url", url.ToString(), "--token-file", _folder["token"], "--lang", "en", .. more]);

    private static async Task<string> TokenAsync(DemoData data, Uri url)
    {
        using var people = new DemoPeople(data, url);
        using var body = new StringContent("""{"node":"n2","permissions":["file-cases","read-cases"]}""", Encoding.UTF8, "application/json");
        using var issued = await (await people.SignedInAsync("security")).PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), body);
        return (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["secret"]!;
    }

    private static async Task<JsonNode> MattersAsync(Uri url, string token)
    {
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return JsonNode.Parse(await http.GetStringAsync(new Uri("/api/v1/service-matters", UriKind.Relative)))!;
    }
}
