using System.Text.Json.Nodes;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>The verb <c>self-test</c>, and options that cannot be meant so.</summary>
public sealed class SelfTestTests
{
    [Fact]
    public async Task It_tells_findings_as_lines_and_as_JSON_and_fails_where_phones_would()
    {
        using var folder = new TemporaryFolder();
        await using var running = await FeedbackProcess.StartAsync("serve", "--data", folder.Path);
        var url = running.Url.GetLeftPart(UriPartial.Authority);

        var english = await FeedbackProcess.RunAsync(["self-test", "--public-url", url]);
        var chinese = await FeedbackProcess.RunAsync(["self-test", "--public-url", url, "--lang", "zh", "--json"]);

        Assert.Equal((2, ""), (english.Code, english.Errors));
        Assert.Contains($"FAIL\taddress    {url} works on this machine only.", english.Output, StringComparison.Ordinal);
        Assert.Contains("pass\tapi        An evaluation without a key is refused", english.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse(chinese.Output)!;
        Assert.False((bool)json["passed"]!);
        Assert.Equal(["address"], json["findings"]!.AsArray().Where(finding => (string?)finding!["verdict"] == "fail").Select(finding => (string?)finding!["check"]));
        Assert.Contains("只能在本机使用", (string?)json["findings"]![0]!["what"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no public address", "self-test", "--public-url", "ftp://x")]
    [InlineData("--public-url", "self-test")]
    [InlineData("no public address", "serve", "--public-url", "https://feedback.example.gov.cn/path")]
    [InlineData("no trusted proxy", "serve", "--trusted-proxy", "proxy.example")]
    [InlineData("--certificate", "serve", "--urls", "https://127.0.0.1:0")]
    public async Task What_cannot_be_meant_so_is_told_in_one_line(string named, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var ended = await FeedbackProcess.RunAsync(arguments[0] == "serve" ? [.. arguments, "--data", folder.Path] : arguments);

        Assert.Equal(1, ended.Code);
        Assert.Contains(named, Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_the_one_of_the_build()
    {
        var version = (await FeedbackProcess.RunAsync(["--version"])).Output.Trim();

        Assert.Matches(@"^\d+\.\d+\.\d+$", version);
        Assert.Equal(version, typeof(Feedback.Storage.DataDirectory).Assembly.GetName().Version!.ToString(3));
    }
}
