using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>What became of a request: a status with a body, or null when nobody knows.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body, or why there is none.</param>
/// <param name="RetryAfter">After how long to come again, if the answer said so.</param>
public sealed record Reply(int? Status, string Text, TimeSpan? RetryAfter = null)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
}

/// <summary>Pushes to a running demo and reads its figures. Requests whose fate is unknown are told as such, never thrown.</summary>
public sealed class DemoClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly DemoData _data;

    /// <summary>A client of a running server.</summary>
    /// <param name="data">Knows its keys.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="patience">How long an answer may take; 30 seconds unless told otherwise.</param>
    public DemoClient(DemoData data, Uri url, TimeSpan? patience = null)
    {
        _data = data;
        _http = new HttpClient { BaseAddress = url, Timeout = patience ?? TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Add("X-Device-Key", data.DeviceKey);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.ApiToken);
    }

    public async Task<Reply> PushAsync(string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(new Uri("/api/v1/evaluations", UriKind.Relative), content);
            return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Reply(null, e.Message);
        }
    }

    /// <summary>Pushes as terminals do: who is told to come again comes again when told, at most half a minute long.</summary>
    /// <returns>The last answer.</returns>
    public async Task<Reply> PushAgainAsync(string body)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await PushAsync(body);
            if (reply is not { Status: 503, RetryAfter: { } later } || attempt == 30)
                return reply;
            await Task.Delay(later, Wait.Clock);
        }
    }

    /// <summary>Pushes until it is stored. Whether by the first push or by one whose answer said that nobody knows (503), which a repeat finds (200), is not told.</summary>
    /// <param name="body">One evaluation.</param>
    public async Task StoreAsync(string body)
    {
        var reply = await PushAgainAsync(body);
        Assert.True(reply.Status is 200 or 201, $"{reply.Status} {reply.Text}");
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    /// <summary>The ids of the windows whose path holds a text.</summary>
    public async Task<IReadOnlyList<string>> WindowsAsync(string path = "") =>
    [
        .. (await GetAsync("/api/v1/nodes"))["nodes"]!.AsArray()
            .Where(node => (string?)node!["kind"] == "window" && ((string)node["path"]!).Contains(path, StringComparison.Ordinal)).Select(node => (string)node!["id"]!),
    ];

    /// <summary>How many evaluations a node counts, so many days back and ahead.</summary>
    /// <param name="days">The days.</param>
    /// <param name="node">The node; null for the district.</param>
    public async Task<int> CountAsync(int days = 2, string? node = null)
    {
        var report = await GetAsync($"/api/v1/satisfaction?node={node ?? _data.District}&from={Some.Today.AddDays(-days):yyyy-MM-dd}&to={Some.Today.AddDays(days):yyyy-MM-dd}");
        return report["slices"]![0]!["grades"]!.AsObject().Sum(origin => origin.Value!.AsObject().Sum(grade => (int)grade.Value!));
    }

    public void Dispose() => _http.Dispose();
}
