using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_tells_how_to_begin_and_a_second_start_carries_on()
    {
        using var data = await DemoData.CreateAsync();
        var first = JsonNode.Parse(await File.ReadAllTextAsync(data["demo.json"]))!;
        Assert.Equal(["url", "apiToken", "deviceKey", "district", "window", "admin", "accounts"], first.AsObject().Select(member => member.Key));
        Assert.Equal("600 600\n", await Shell.RunAsync($"echo $(stat -c %a '{data["demo.json"]}' '{data["master.key"]}')"));
        Assert.Equal(24, data.Windows.Count);
        var before = await EventsAsync(data);

        await using var demo = await data.StartAsync("demo", "--no-simulation", "--history", "0");
        var second = JsonNode.Parse(await File.ReadAllTextAsync(data["demo.json"]))!;
        foreach (var member in new[] { "apiToken", "deviceKey", "district", "window" })
            Assert.Equal((string?)first[member], (string?)second[member]);
        Assert.Equal(("admin", first["admin"]!.ToJsonString()), ((string?)second["admin"]!["name"], second["admin"]!.ToJsonString()));
        Assert.Equal(first["accounts"]!.ToJsonString(), second["accounts"]!.ToJsonString());
        Assert.Equal(
            ["security", "audit", "district", "hall", "clerk", "officer", "supervisor", "publisher"],
            second["accounts"]!.AsArray().Select(account => (string?)account!["name"]));
        Assert.Equal(demo.Url, new Uri((string)second["url"]!));
        Assert.Equal(before, await EventsAsync(data));

        using var client = new DemoClient(data, demo.Url);
        await client.StoreAsync(Some.Evaluation((string)second["window"]!, "a"));
        Assert.Contains(data.DeviceKey, demo.Output, StringComparison.Ordinal);
        Assert.Contains("curl", demo.Output, StringComparison.Ordinal);
        Assert.Empty(demo.Failures);
        Assert.Equal(0, (await demo.StopAsync()).Code);
    }

    [Fact]
    public async Task The_curl_line_that_demo_prints_works_as_it_stands()
    {
        using var data = await DemoData.CreateAsync();
        await using var demo = await data.StartAsync("demo", "--no-simulation", "--history", "0");
        var lines = await ToldAsync(demo);
        var at = Array.FindIndex(lines, line => line.Contains("curl", StringComparison.Ordinal));

        var receipt = JsonNode.Parse(await Shell.RunAsync(string.Join('\n', lines[at..(at + 2)])));

        Assert.Equal(1, (int)receipt!["version"]! - await VersionAfterSignInAsync(data, (string)receipt["window"]!));
    }

    [Fact]
    public async Task The_line_about_figures_that_demo_prints_holds_today_wherever_its_reader_is()
    {
        using var data = await DemoData.CreateAsync();
        await using var demo = await data.StartAsync("demo", "--no-simulation", "--history", "0");
        using var client = new DemoClient(data, demo.Url);
        await client.StoreAsync(Some.Evaluation(data.Windows[0], "a"));
        var line = (await ToldAsync(demo)).Last(line => line.Contains("curl", StringComparison.Ordinal));

        // Twelve hours behind Greenwich it is yesterday yet for most of the day in Shanghai.
        await Wait.UntilAsync("it is counted", async () => JsonNode.Parse(await Shell.RunAsync($"export TZ=West12\n{line}"))!["slices"]!.AsArray()
            .Sum(day => day!["grades"]!.AsObject().Sum(origin => origin.Value!.AsObject().Sum(grade => (int)grade.Value!))) == 1);
    }

    [Fact]
    public async Task Secrets_and_personal_words_are_in_no_log_and_no_other_file()
    {
        using var data = await DemoData.CreateAsync();
        var window = data.Windows[0];
        string[] secrets = [data.DeviceKey, data.ApiToken, "13812345678", "M-20261123-77"];
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);

        await client.StoreAsync(Some.Evaluation(window, "a", more: ",\"comment\":\"请回电 13812345678\",\"matter\":\"M-20261123-77\""));
        Assert.Equal(400, (await client.PushAsync(Some.Evaluation(window, "b", 9, ",\"comment\":\"请回电 13812345678\",\"matter\":\"M-20261123-77\""))).Status);
        AssertAbsent(secrets, data);
        var ended = await server.StopAsync();

        AssertAbsent(secrets, data);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, ended.Output + ended.Errors, StringComparison.Ordinal));
        Assert.Equal(0, ended.Code);
        Assert.Empty(server.Failures);
    }

    // The address is told first, and the rest a moment later.
    private static async Task<string[]> ToldAsync(FeedbackProcess demo)
    {
        await Wait.UntilAsync("all is told", () => Task.FromResult(demo.Output.Contains("Ctrl+C", StringComparison.Ordinal)));
        return demo.Output.Split('\n');
    }

    private static void AssertAbsent(string[] secrets, DemoData data)
    {
        foreach (var file in Directory.GetFiles(data.Path).Where(file => Path.GetFileName(file) is not ("demo.json" or "lock")))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.ToArray();
            Assert.All(secrets, secret => Assert.True(bytes.AsSpan().IndexOf(global::System.Text.Encoding.UTF8.GetBytes(secret)) < 0, $"{secret} is in {file}"));
        }
    }

    private static async Task<long> EventsAsync(DemoData data) =>
        await StoredEvents.ScalarAsync(StoredEvents.OfFile(data["journal.db"]), "select count(*) from journal_events");

    // Whoever sits at the window signed in before.
    private static async Task<int> VersionAfterSignInAsync(DemoData data, string window) =>
        (int)await StoredEvents.ScalarAsync(StoredEvents.OfFile(data["journal.db"]), $"select count(*) from journal_events where stream = 'window:{window}'") - 1;
}
