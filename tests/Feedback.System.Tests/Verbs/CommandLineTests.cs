using System.Net;
using System.Net.Sockets;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>What the user got wrong is told in one line, and the process ends non-zero.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_verb_explains_itself()
    {
        var root = await FeedbackProcess.RunAsync(["--help"]);
        Assert.Equal((0, ""), (root.Code, root.Errors));
        var verbs = VerbsIn(root.Output).ToList();
        Assert.Subset(verbs.ToHashSet(), new HashSet<string> { "serve", "demo", "simulate", "verify", "rebuild", "devices" });

        foreach (var verb in verbs)
        {
            var help = await FeedbackProcess.RunAsync([verb, "--help"]);
            Assert.Equal((verb, 0, ""), (verb, help.Code, help.Errors));
            Assert.Contains($"feedback {verb}", help.Output, StringComparison.Ordinal);
            foreach (var part in VerbsIn(help.Output))
                Assert.Equal((verb, part, 0), (verb, part, (await FeedbackProcess.RunAsync([verb, part, "--help"])).Code));
        }
    }

    [Theory]
    [InlineData("--nonsense", "serve", "--nonsense")]
    [InlineData("--nonsense", "verify", "--nonsense")]
    [InlineData("reserve", "reserve")]
    [InlineData("--data", "serve", "--data")]
    public async Task An_unknown_option_or_verb_is_named(string named, params string[] arguments) =>
        AssertOneLine(await FeedbackProcess.RunAsync(arguments), named);

    [Fact]
    public async Task A_port_that_is_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--urls", $"http://127.0.0.1:{port}"]), $":{port}");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://203.0.113.7:5080")]
    public async Task An_address_that_cannot_be_listened_on_is_named(string url) =>
        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--urls", url]), url.Replace("http://", "", StringComparison.Ordinal));

    [Fact]
    public async Task A_data_directory_in_use_is_refused_to_every_verb_that_writes()
    {
        await using var running = await FeedbackProcess.StartAsync("serve", "--data", _folder.Path);

        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--urls", "http://127.0.0.1:0"]), "in use");
        AssertOneLine(await FeedbackProcess.RunAsync(["rebuild", "--data", _folder.Path]), "in use");
        AssertOneLine(await FeedbackProcess.RunAsync(["devices", "list", "--data", _folder.Path]), "in use");
    }

    [Theory]
    [InlineData("master.key", "serve")]
    [InlineData("master.key", "verify")]
    [InlineData("master.key", "keys", "status")]
    [InlineData("checkpoint.key", "serve")]
    public async Task A_key_that_is_missing_beside_data_is_not_replaced_by_a_new_one(string key, params string[] verb)
    {
        using var data = await DemoData.CreateAsync();
        File.Delete(data[key]);

        var ended = await FeedbackProcess.RunAsync([.. verb, .. data.Options]);

        AssertOneLine(ended, "put it back from its backup");
        Assert.False(File.Exists(data[key]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    public async Task A_damaged_master_key_is_named(string text)
    {
        await File.WriteAllTextAsync(_folder["master.key"], text);

        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--urls", "http://127.0.0.1:0"]), "master.key");
        Assert.Equal(text, await File.ReadAllTextAsync(_folder["master.key"]));
    }

    [Theory]
    [InlineData("journal.db")]
    [InlineData("grains.db")]
    public async Task A_database_that_is_none_is_told(string file)
    {
        await File.WriteAllTextAsync(_folder[file], new string('x', 8192));

        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--urls", "http://127.0.0.1:0"]), "not a database");
    }

    [Fact]
    public async Task A_damaged_demo_file_is_named()
    {
        await File.WriteAllTextAsync(_folder["demo.json"], "{\"url\":");

        AssertOneLine(await FeedbackProcess.RunAsync(["demo", "--no-simulation", "--data", _folder.Path, "--urls", "http://127.0.0.1:0"]), "demo.json");
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_named()
    {
        await File.WriteAllTextAsync(_folder["data"], "");

        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder["data"]]), _folder["data"]);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("rebuild")]
    public async Task A_verb_about_data_that_are_not_there_says_so_and_makes_nothing(string verb)
    {
        AssertOneLine(await FeedbackProcess.RunAsync([verb, "--data", _folder["missing"]]), _folder["missing"]);

        Assert.False(Directory.Exists(_folder["missing"]));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_without_its_password() =>
        AssertOneLine(
            await FeedbackProcess.RunAsync(
                ["serve", "--data", _folder.Path],
                environment: new Dictionary<string, string?> { ["FEEDBACK_POSTGRES"] = "Host=127.0.0.1;Port=1;Username=u;Password=geheim-7" }),
            "127.0.0.1:1",
            without: "geheim-7");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=127.0.0.1;Port=x")]
    public async Task A_connection_string_that_is_none_is_told(string connection) =>
        AssertOneLine(await FeedbackProcess.RunAsync(["serve", "--data", _folder.Path, "--postgres", connection]), "");

    [Fact]
    public async Task An_empty_connection_string_in_the_environment_counts_as_none()
    {
        await using var running = await FeedbackProcess.StartAsync(new Dictionary<string, string?> { ["FEEDBACK_POSTGRES"] = "" }, "serve", "--data", _folder.Path);

        Assert.True(File.Exists(_folder["journal.db"]));
        Assert.Equal(0, (await running.StopAsync()).Code);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "http://127.0.0.1:")]
    [InlineData("http://0.0.0.0:0", "https://feedback.example.gov.cn/", "--public-url", "https://feedback.example.gov.cn")]
    public async Task The_setup_page_is_named_by_an_address_that_can_be_opened(string listens, string named, params string[] more)
    {
        await using var running = FeedbackProcess.Begin(["serve", "--data", _folder.Path, "--urls", listens, .. more]);

        var line = await Wait.ForAsync<string>("the set-up is told", () => Task.FromResult(
            running.Output.Split('\n').FirstOrDefault(line => line.Contains("/setup ", StringComparison.Ordinal))));

        Assert.Contains("Open " + named, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_does_not_exist_is_named()
    {
        var ended = await FeedbackProcess.RunAsync(["devices", "add-key", "--node", "n1", "--data", _folder.Path], input: "short");

        AssertOneLine(ended, "n1");
    }

    private static void AssertOneLine(Ended ended, string named, string without = " at Feedback.")
    {
        Assert.True(ended.Code != 0, ended.Output);
        var line = ended.Errors.TrimEnd();
        Assert.False(line.Contains('\n', StringComparison.Ordinal), line);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.StartsWith("feedback: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(without, ended.Output + line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Output + line, StringComparison.Ordinal);
    }

    // The lines under "Commands:", each a verb and what it does.
    private static IEnumerable<string> VerbsIn(string help) =>
        help.Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Where(line => line[2] != ' ').Select(line => line.Trim().Split(' ')[0]);
}
