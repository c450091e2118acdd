using System.Text;
using System.Text.Json.Nodes;
using Feedback.System.Tests.Telemetry;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Personal;

/// <summary>
/// A hundred phone and identity numbers are pushed as comments and numbers of matters, imported, and sent in requests that are
/// refused; people read, unmask and exclude. Then nothing that the service keeps or tells holds any of them in plain.
/// </summary>
public sealed class CanaryTests
{
    private static readonly IReadOnlyList<string> All = Canaries.Hundred;

    [Fact]
    public async Task No_number_of_a_person_is_in_plain_anywhere_on_SQLite()
    {
        using var data = await DemoData.CreateAsync();

        await AssertNoneAsync(data);

        Assert.NotEmpty(Canaries.InFiles(data.Path, ["evaluation.accepted"]));
        Assert.Empty(Canaries.InFiles(data.Path, All));
    }

    [Fact]
    public async Task No_number_of_a_person_is_in_plain_anywhere_on_PostgreSQL()
    {
        await using var postgres = await PrivatePostgres.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(database);

        await AssertNoneAsync(data);

        var dump = await postgres.DumpAsync(database);
        Assert.Contains("evaluation.accepted", dump, StringComparison.Ordinal);
        Assert.Empty(Canaries.In(Encoding.UTF8.GetBytes(dump), All));
        await postgres.KillAsync();
        // Its files and its log of changes; uncompressed, as they hold what was told in plain.
        Assert.NotEmpty(Canaries.InFiles(postgres.DataFolder, ["evaluation.accepted"]));
        Assert.Empty(Canaries.InFiles(postgres.DataFolder, All));
        Assert.Empty(Canaries.InFiles(data.Path, All));
    }

    private static async Task AssertNoneAsync(DemoData data)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        foreach (var (name, role) in new[] { ("li", "district-manager"), ("wang", "case-officer"), ("zhao", "supervisor") })
            await OfficialBrowser.AddAsync(data, name, role);
        await ImportAsync(data);
        var told = new List<string>();
        await using var server = await FeedbackProcess.StartAsync(collector.Environment(), "serve", [.. data.Options, "--second-factor", "optional"]);
        using (var client = new DemoClient(data, server.Url))
        {
            await PushAsync(client, data.Windows);
            await PushRefusedAsync(client, server.Url, data);
        }

        await ReadAsManagerAsync(server.Url, data, told);
        await UnmaskAsync(server.Url, data.Windows);
        await ReadAlertsAsync(server.Url, data.Windows, told);
        var verified = await FeedbackProcess.RunAsync(["verify", "--json", .. data.Options]);
        var ended = await server.StopAsync();

        Assert.True((bool)JsonNode.Parse(verified.Output)!["isClean"]!, verified.Output);
        told.AddRange([verified.Output, verified.Errors, ended.Output, ended.Errors]);
        Assert.Empty(told.SelectMany(text => Canaries.In(Encoding.UTF8.GetBytes(text), All).Select(canary => $"{canary} in: {text}")));
        Assert.NotEmpty(collector.Raw);
        Assert.Empty(collector.Raw.SelectMany(bytes => Canaries.In(bytes, All)));
    }

    // Each number as a comment of one evaluation and as the matter of another, ten windows wide.
    private static async Task PushAsync(DemoClient client, IReadOnlyList<string> windows)
    {
        for (var n = 0; n < All.Count; n++)
        {
            var (comment, matter) = (All[n], All[All.Count - 1 - n]);
            await client.StoreAsync(Some.Evaluation(windows[n % 5], $"e-{n}", more: $",\"comment\":\"请回电{comment}，谢谢\",\"matter\":\"{matter}\""));
        }
    }

    private static async Task PushRefusedAsync(DemoClient client, Uri url, DemoData data)
    {
        foreach (var canary in All.Take(20))
        {
            var good = Some.Evaluation(data.Windows[0], "refused-" + canary[..3]);
            foreach (var bad in new[]
            {
                $"{{\"comment\":\"{canary}",
                good.Replace("\"grade\":5", $"\"grade\":{canary.TrimEnd('X')}", StringComparison.Ordinal),
                good.Replace("\"grade\":5", $"\"grade\":\"{canary}\"", StringComparison.Ordinal),
                $"{good[..^1]},\"{canary}\":1}}",
                $"{good[..^1]},\"comment\":\"{canary}\\u0000\"}}",
                $"{good[..^1]},\"matter\":\"{canary}{new string('9', 200)}\"}}",
                good.Replace(data.Windows[0], canary, StringComparison.Ordinal),
                good.Replace("terminal", canary, StringComparison.Ordinal),
            })
                Assert.InRange((await client.PushAsync(bad)).Status!.Value, 400, 499);
        }

        using var http = new HttpClient { BaseAddress = url };
        foreach (var canary in All.Skip(20).Take(5))
        {
            foreach (var path in new[] { $"/api/v1/nodes/{canary}", $"/{canary}", $"/api/v1/satisfaction?node={canary}", $"/nodes/{canary}", $"/api/v1/charts/{canary}.png" })
                using (await http.GetAsync(new Uri(path, UriKind.Relative)))
                {
                }

            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluations") { Content = new StringContent(canary, Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("X-Device-Key", canary);
            using var answer = await http.SendAsync(request);
        }
    }

    private static async Task ImportAsync(DemoData data)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["map.json"], """
            {
              "place": { "district": { "code": "old", "zh": "旧区", "en": "Old District" }, "zone": "Asia/Shanghai", "window": { "value": "Counter" } },
              "id": { "column": "id" }, "date": { "column": "day", "format": "yyyy-MM-dd" }, "grade": { "column": "grade" },
              "origin": { "value": "active" }, "channel": { "value": "paper" }, "matter": { "column": "matter" }, "comment": { "column": "comment" }
            }
            """);
        // One row in five cannot be taken, and goes into the file of errors that belongs to whoever imports.
        await File.WriteAllLinesAsync(folder["old.csv"], ["id,day,grade,matter,comment", .. All.Select((canary, n) => $"{n},2025-06-02,{(n % 5 == 4 ? 9 : 4)},{canary},电话{canary}")]);
        var ended = await FeedbackProcess.RunAsync(["import", "evaluations", folder["old.csv"], "--mapping", folder["map.json"], "--errors", folder["errors.csv"], .. data.Options]);
        Assert.Equal(3, ended.Code);
        Assert.Empty(Canaries.In(Encoding.UTF8.GetBytes(ended.Output + ended.Errors), All));
    }

    private static async Task ReadAsManagerAsync(Uri url, DemoData data, List<string> told)
    {
        using var manager = await OfficialBrowser.SignInAsync(url, "li");
        foreach (var window in data.Windows.Take(5))
        {
            var list = await manager.GetAsync(ListOf(window));
            Assert.Equal(20, JsonNode.Parse(list)!["evaluations"]!.AsArray().Count);
            told.AddRange([list, await manager.GetAsync($"/nodes/{window}/evaluations?period=7days"), await manager.GetAsync($"/nodes/{window}.csv"), await manager.GetAsync($"/nodes/{window}")]);
        }

        var span = FormattableString.Invariant($"node={data.District}&from={Some.Today.AddDays(-2):yyyy-MM-dd}&to={Some.Today.AddDays(2):yyyy-MM-dd}");
        foreach (var path in new[] { "/api/v1/satisfaction?", "/api/v1/charts/trend.svg?", "/api/v1/charts/trend.csv?", "/api/v1/charts/trend.png?" })
            told.Add(await manager.GetAsync(path + span));
    }

    // The positive control: what nobody finds in plain is there, for whoever may be told it and says why.
    private static async Task UnmaskAsync(Uri url, IReadOnlyList<string> windows)
    {
        using var officer = await OfficialBrowser.SignInAsync(url, "wang");
        var (comments, matters) = (new HashSet<string>(), new HashSet<string>());
        foreach (var window in windows.Take(5))
        {
            foreach (var one in JsonNode.Parse(await officer.GetAsync(ListOf(window)))!["evaluations"]!.AsArray())
            {
                comments.Add((string)one!["comment"]!);
                var told = await officer.PostAsync($"/api/v1/windows/{window}/evaluations/{one["version"]}/unmask", new JsonObject { ["reason"] = $"回访市民 {All[0]} 的投诉" });
                matters.Add((string)told["matter"]!);
            }
        }

        Assert.Equal(All.Select(canary => $"请回电{canary}，谢谢").Order(), comments.Order());
        Assert.Equal(All.Order(), matters.Order());
    }

    private static async Task ReadAlertsAsync(Uri url, IReadOnlyList<string> windows, List<string> told)
    {
        using var supervisor = await OfficialBrowser.SignInAsync(url, "zhao");
        await supervisor.PostAsync($"/api/v1/windows/{windows[0]}/evaluations/2/exclude", new JsonObject { ["reason"] = $"误评 {All[1]}" });
        var alerts = await supervisor.GetAsync("/api/v1/alerts?limit=200");
        Assert.Equal(All.Count, JsonNode.Parse(alerts)!["alerts"]!.AsArray().Count);
        told.Add(alerts);
    }

    private static string ListOf(string window) => FormattableString.Invariant(
        $"/api/v1/windows/{window}/evaluations?from={Some.Today.AddDays(-1):yyyy-MM-dd}&to={Some.Today.AddDays(2):yyyy-MM-dd}&limit=200");
}
