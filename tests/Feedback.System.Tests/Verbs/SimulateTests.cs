using System.Text.Json.Nodes;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>simulate</c> against a running service: what it says was acknowledged is what is stored.</summary>
public sealed class SimulateTests
{
    private static string[] Simulate(DemoData data, Uri url, params string[] more) =>
        ["simulate", "--demo-file", data["demo.json"], "--url", url.ToString(), "--json", .. more];

    [Fact]
    public async Task Bad_lines_wrong_clocks_and_repeats_lose_and_double_nothing()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");

        var ended = await FeedbackProcess.RunAsync(Simulate(
            data, server.Url, "--count", "1500", "--rate", "60000", "--offline", "25", "--offline-for", "0.3", "--wrong-clocks", "25", "--duplicates", "10"));

        Assert.Equal((0, ""), (ended.Code, ended.Errors));
        var said = JsonNode.Parse(ended.Output)!;
        Assert.Equal((1500, 0, 0), ((int)said["acknowledged"]!["new"]!, (int)said["unknown"]!, (int)said["neverSent"]!));
        Assert.InRange((int)said["acknowledged"]!["duplicate"]!, 30, 300);
        Assert.True((double)said["latencyMs"]!["p50"]! <= (double)said["latencyMs"]!["max"]!);
        await server.StopAsync();
        Assert.Equal(1500, await StoredEvents.ScalarAsync(
            StoredEvents.OfFile(data["journal.db"]), "select count(*) from journal_events where kind in ('evaluation.accepted', 'matter.finished')"));
        Assert.Equal(0, (await data.VerifyAsync()).Code);
    }

    [Fact]
    public async Task A_stop_ends_it_at_once_with_nothing_unknown()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        await using var simulation = FeedbackProcess.Begin(Simulate(data, server.Url, "--rate", "6000"));
        await Wait.UntilAsync("it pushes", async () => await client.CountAsync() > 20);

        var ended = await simulation.StopAsync();

        Assert.Equal((0, 0), (ended.Code, (int)JsonNode.Parse(ended.Output)!["unknown"]!));
    }

    [Fact]
    public async Task What_is_refused_is_told_by_its_code_and_ends_non_zero()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");

        var ended = await FeedbackProcess.RunAsync(Simulate(data, server.Url, "--count", "20", "--rate", "6000", "--window", "n999"));

        Assert.Equal((3, 20), (ended.Code, (int)JsonNode.Parse(ended.Output)!["refused"]!["window-unknown"]!));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_leaves_all_unknown_and_ends_non_zero()
    {
        using var data = await DemoData.CreateAsync();

        var ended = await FeedbackProcess.RunAsync(Simulate(data, new Uri("http://127.0.0.1:1"), "--count", "4", "--rate", "6000", "--tries", "1", "--window", "n3"));

        Assert.Equal(3, ended.Code);
        Assert.InRange((int)JsonNode.Parse(ended.Output)!["unknown"]!, 2, 4);
    }

    [Theory]
    [InlineData("--demo-file", "missing.json")]
    [InlineData("--url", "nonsense")]
    [InlineData("--rate", "0")]
    [InlineData("--grades", "1,2")]
    [InlineData("--hours", "always")]
    public async Task What_cannot_be_done_is_told_in_one_line(string option, string value)
    {
        using var data = await DemoData.CreateAsync();
        string[] usual = ["simulate", "--demo-file", data["demo.json"], "--window", "n3", "--count", "1"];
        var ended = await FeedbackProcess.RunAsync(option == "--demo-file" ? ["simulate", option, data[value]] : [.. usual, option, value]);

        Assert.Equal(1, ended.Code);
        Assert.StartsWith("feedback: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
