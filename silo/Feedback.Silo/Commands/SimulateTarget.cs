using System.CommandLine;
using System.Text.Json;
using Feedback.Api;
using Feedback.Domain.Organisation;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Simulation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>The options of <c>simulate</c> that say where to push, with which key, and for which windows.</summary>
internal sealed class SimulateTarget
{
    private const string DefaultDemoFile = "data/demo.json";
    private const string KeyVariable = "FEEDBACK_DEVICE_KEY";
    private const string TokenVariable = "FEEDBACK_API_TOKEN";

    private readonly Option<string?> _url = new("--url") { Description = "The service; the demo file's address when left out.", HelpName = "URL" };
    private readonly Option<string?> _file = new("--demo-file")
    {
        Description = $"Takes address, keys and windows from the file that demo writes; {DefaultDemoFile} when ${KeyVariable} is not set.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _windows = new("--window")
    {
        Description = $"A window's id or path; may be given several times. All that the token in ${TokenVariable} or the demo file may read when left out.",
        HelpName = "ID",
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_url, _file, _windows];

    /// <summary>A service with the windows to play.</summary>
    internal sealed record Opened(HttpClient Http, string DeviceKey, SimulatedPlace Place);

    /// <summary>Finds out everything that is needed to push.</summary>
    /// <exception cref="UsageException">Something is missing, or the service does not answer.</exception>
    public async Task<Opened> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var demo = await DemoAsync(parsed.GetValue(_file), cancellation);
        var key = (demo is null ? Environment.GetEnvironmentVariable(KeyVariable) : demo.DeviceKey)
            ?? throw new UsageException($"There is no device key: set ${KeyVariable}, or name a file that demo wrote with --demo-file.");
        var http = new HttpClient { BaseAddress = AddressOf(parsed.GetValue(_url) ?? demo?.Url), Timeout = Timeout.InfiniteTimeSpan };
        var windows = parsed.GetValue(_windows) ?? [];
        if (windows.Length > 0)
            return new Opened(http, key, SimulatedPlace.Of(windows));
        var token = (demo is null ? Environment.GetEnvironmentVariable(TokenVariable) : demo.ApiToken)
            ?? throw new UsageException($"Name the windows with --window, or set ${TokenVariable} to a token that may read them.");
        return new Opened(http, key, PlaceOf(await NodesAsync(http, token, cancellation)));
    }

    private static async Task<DemoAccess?> DemoAsync(string? named, CancellationToken cancellation)
    {
        var file = named ?? (Environment.GetEnvironmentVariable(KeyVariable) is null && File.Exists(DefaultDemoFile) ? DefaultDemoFile : null);
        if (file is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<DemoAccess>(await File.ReadAllTextAsync(file, cancellation), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            throw new UsageException($"{file} is no file that demo wrote.");
        }
    }

    private static Uri AddressOf(string? url) =>
        url is null ? throw new UsageException("Say where the service is with --url.")
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new UsageException($"'{url}' is no address of a service; it looks like {WebSetup.DefaultUrls}.");

    private static async Task<IReadOnlyList<NodeView>> NodesAsync(HttpClient http, string token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes") { Headers = { { "Authorization", $"Bearer {token}" } } };
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new UsageException($"{http.BaseAddress} does not tell its windows: {(int)response.StatusCode}. Is the token valid?");
            return (await response.Content.ReadFromJsonAsync<NodeList>(ApiJson.Options, cancellation))!.Nodes;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new UsageException($"{http.BaseAddress} does not answer as this service does: {e.Message}");
        }
    }

    // The demo district is played with its own service items, staff and tempers.
    private static SimulatedPlace PlaceOf(IReadOnlyList<NodeView> nodes)
    {
        var byPath = nodes.ToDictionary(node => node.Path, node => new NodeId(node.Id), StringComparer.Ordinal);
        if (DemoSite.At(path => byPath.TryGetValue(path, out var id) ? id : null) is { } demo)
            return SimulatedPlace.Of(demo);
        var windows = nodes.Where(node => node.Kind == NodeKind.Window.Word()).Select(node => node.Id).ToList();
        return windows.Count > 0 ? SimulatedPlace.Of(windows) : throw new UsageException("The token may read no window.");
    }
}
