using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Feedback.TestSupport.Running;

/// <summary>A data directory with the demo district in it, or only its keys where PostgreSQL holds the rest.</summary>
public sealed class DemoData : IDisposable
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

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>The same data directory with another database, or with its own files where that is null.</summary>
    public DemoData With(string? postgres) => new(postgres, Path) { Windows = Windows };

    /// <summary>The journal's database, for a look past everything that is tested.</summary>
    public global::System.Data.Common.DbConnection Journal => _postgres is null ? StoredEvents.OfFile(this["journal.db"]) : StoredEvents.OfPostgres(_postgres);

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

    /// <summary>Starts <c>serve</c> with other environment variables, and under another program that becomes it.</summary>
    public Task<FeedbackProcess> ServeAsync(IReadOnlyDictionary<string, string?>? environment = null, params string[] under) =>
        FeedbackProcess.StartUnderAsync(under, environment, "serve", Options);

    /// <summary>A second data directory with the same keys, for another server on the same database.</summary>
    public DemoData WithSameKeys()
    {
        var other = new DemoData(_postgres, null) { Windows = Windows };
        foreach (var file in new DirectoryInfo(Path).GetFiles())
            file.CopyTo(other[file.Name]);
        return other;
    }

    /// <summary>Opens a hall with so many windows in the district, which are then all there is. The server must not run.</summary>
    public async Task OpenHallAsync(int windows)
    {
        var register = new StringBuilder("层级,上级编号,编号,名称,时区\n大厅,qinghe,hall-many,大厅,\n");
        for (var window = 1; window <= windows; window++)
            register.Append(CultureInfo.InvariantCulture, $"窗口,hall-many,many-{window},窗口,\n");
        var file = this["many.csv"];
        await File.WriteAllTextAsync(file, register.ToString());
        var ended = await FeedbackProcess.RunAsync(["import", "organisation", file, .. Options]);
        if (ended.Code != 0)
            throw new InvalidOperationException(ended.Output + ended.Errors);
        await using var server = await StartAsync("serve");
        using var client = new DemoClient(this, server.Url);
        Windows = await client.WindowsAsync("/hall-many/");
        await server.StopAsync();
    }

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
