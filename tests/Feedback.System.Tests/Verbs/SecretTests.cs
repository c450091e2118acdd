using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>Secrets go in by standard input or the environment, and come out nowhere.</summary>
public sealed partial class SecretTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_and_passwords_that_verbs_are_given_are_neither_printed_nor_stored()
    {
        using var data = await DemoData.CreateAsync();
        // What the demo shows to whoever tries it out is its own file.
        File.Delete(data["demo.json"]);
        var (key, token, password) = (Drawn("fbd_"), Drawn("fbr_"), Drawn("planted "));

        Ended[] ended =
        [
            await FeedbackProcess.RunAsync(["devices", "add-key", "--node", data.Windows[0], .. data.Options], key),
            await FeedbackProcess.RunAsync(["devices", "add-token", "--node", data.Windows[0], .. data.Options], token),
            await FeedbackProcess.RunAsync(["devices", "add-token", "--node", "nowhere", .. data.Options], token),
            // A secret twice for different purposes is refused, and not repeated in the words that say so.
            await FeedbackProcess.RunAsync(["devices", "add-token", "--node", data.Windows[0], .. data.Options], key),
            await FeedbackProcess.RunAsync(["devices", "list", .. data.Options]),
            await FeedbackProcess.RunAsync(["users", "add", "reader", "--role", "hall-manager", .. data.Options], password),
            await FeedbackProcess.RunAsync(["users", "add", "reader", "--role", "hall-manager", .. data.Options], password),
            await FeedbackProcess.RunAsync(["users", "list", .. data.Options]),
        ];

        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 0], ended.Select(one => one.Code));
        foreach (var secret in new[] { key, token, password })
        {
            Assert.All(ended, one => Assert.DoesNotContain(secret, one.Output + one.Errors, StringComparison.Ordinal));
            Assert.Empty(FilesWith(data.Path, secret));
        }
    }

    [Fact]
    public async Task A_running_server_shows_its_secrets_neither_in_its_arguments_nor_in_its_output()
    {
        using var data = await DemoData.CreateAsync();
        var (key, token) = (data.DeviceKey, data.ApiToken);
        var password = Drawn("planted");
        await using var server = await FeedbackProcess.StartAsync(
            new Dictionary<string, string?> { ["FEEDBACK_CERTIFICATE_PASSWORD"] = password }, "serve", data.Options);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("X-Device-Key", key);
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        await http.GetAsync(new Uri("/api/v1/nodes", UriKind.Relative));
        await http.PostAsync(new Uri("/api/v1/evaluations", UriKind.Relative), new StringContent($"{{\"{key}\":1}}", Encoding.UTF8, "application/json"));
        await http.GetAsync(new Uri("/nodes/" + token, UriKind.Relative));

        var arguments = await File.ReadAllTextAsync($"/proc/{server.Id}/cmdline");
        var ended = await server.StopAsync();

        Assert.Contains("serve", arguments, StringComparison.Ordinal);
        foreach (var secret in new[] { key, token, password })
            Assert.DoesNotContain(secret, arguments + ended.Output + ended.Errors, StringComparison.Ordinal);
        Assert.Equal(["demo.json"], FilesWith(data.Path, key).Concat(FilesWith(data.Path, token)).Select(Path.GetFileName).Distinct());
    }

    [Fact]
    public async Task A_password_among_the_arguments_is_refused()
    {
        var ended = await FeedbackProcess.RunAsync(["serve", "--data", _folder["data"], "--postgres", "Host=127.0.0.1;Username=u;Password=geheim-7"]);

        Assert.Equal(1, ended.Code);
        Assert.Contains("$FEEDBACK_POSTGRES", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim-7", ended.Errors + ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_the_first_start_is_shown_once_and_stored_nowhere()
    {
        await using var server = await FeedbackProcess.StartAsync("serve", "--data", _folder["data"]);
        var code = await Wait.ForAsync<string>("the code is shown", () => Task.FromResult(SetUpCode().Match(server.Output) is { Success: true } match ? match.Value : null));

        Assert.Single(SetUpCode().Matches(server.Output + server.Errors).Select(match => match.Value));
        await server.StopAsync();
        Assert.Empty(FilesWith(_folder["data"], code));
    }

    [Fact]
    public async Task Unless_told_otherwise_it_listens_on_this_machine_only()
    {
        var help = await FeedbackProcess.RunAsync(["serve", "--help"]);

        Assert.Contains("http://127.0.0.1:5080", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.0.0.0:5080", help.Output, StringComparison.Ordinal);
    }

    private static string Drawn(string prefix) => prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', 'x').Replace('/', 'y').TrimEnd('=');

    private static IEnumerable<string> FilesWith(string folder, string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);
    }

    [GeneratedRegex(@"\b[a-z0-9]{5}(-[a-z0-9]{5}){3}\b")]
    private static partial Regex SetUpCode();
}
