using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.TestSupport;

namespace Feedback.System.Tests.Support;

/// <summary>A data directory with the demo district in it, or only its keys where PostgreSQL holds the rest.</summary>
internal sealed class DemoData : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _postgres;

    private DemoData(string? postgres, string? at) => (_postgres, Path) = (postgres, at ?? _folder.Path);

    public string Path { get; }

    public string DeviceKey => Access("deviceKey");

    public string ApiToken => Access("apiToken");

    public string District => Access("district");

    /// <summary>The ids of the demo's windows.</summary>
    public IReadOnlyList<string> Windows { get; private set; } = [];

    /// <summary>The options that name this site.</summary>
    public string[] Options => _postgres is null ? ["--data", Path] : ["--data", Path, "--postgres", _postgres];

    public string this[string file] => global::System.IO.Path.Combine(Path, file);

    /// <summary>A data directory with nothing in it yet.</summary>
    public static DemoData Empty(string? postgres = null) => new(postgres, null);

    /// <summary>Makes the demo district by starting <c>demo</c> once and stopping it.</summary>
    /// <param name="postgres">The database that holds it; null for SQLite.</param>
    /// <param name="at">The data directory; null for a new one.</param>
    /// <param name="executable">The executable of the release that makes it; null for the one built beside the tests.</param>
    public static async Task<DemoData> CreateAsync(string? postgres = null, string? at = null, string? executable = null)
    {
        var data = new DemoData(postgres, at);
        await using var demo = await FeedbackProcess.StartAsync(executable ?? FeedbackProcess.Executable, null, "demo", [.. data.Options, "--no-simulation", "--history", "0"]);
        using var client = new DemoClient(data, demo.Url);
        data.Windows = await client.WindowsAsync();
        await demo.StopAsync();
        return data;
    }

    public Task<FeedbackProcess> StartAsync(string verb, params string[] arguments) => FeedbackProcess.StartAsync(verb, [.. Options, .. arguments]);

    /// <summary><c>verify --json</c>, against a stopped or a running server.</summary>
    /// <param name="executable">The executable of the release that recounts; null for the one built beside the tests.</param>
    public async Task<(int Code, JsonNode Report)> VerifyAsync(string? executable = null)
    {
        var ended = await FeedbackProcess.RunAsync(["verify", "--json", .. Options], executable: executable);
        return ended.Output.StartsWith('{')
            ? (ended.Code, JsonNode.Parse(ended.Output)!)
            : throw new InvalidOperationException($"verify ended with {ended.Code}: {ended.Output}\n{ended.Errors}");
    }

    public void Dispose() => _folder.Dispose();

    private string Access(string member) =>
        JsonDocument.Parse(File.ReadAllText(this["demo.json"])).RootElement.GetProperty(member).GetString()!;
}
