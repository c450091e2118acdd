using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Feedback.System.Tests.Support;

/// <summary>What became of a request: a status with a body, or null when nobody knows.</summary>
internal sealed record Reply(int? Status, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;
}

/// <summary>Pushes to a running demo and reads its figures. Requests whose fate is unknown are told as such, never thrown.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly DemoData _data;

    public DemoClient(DemoData data, Uri url)
    {
        _data = data;
        _http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Add("X-Device-Key", data.DeviceKey);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", data.ApiToken);
    }

    public async Task<Reply> PushAsync(string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(new Uri("/api/v1/evaluations", UriKind.Relative), content);
            return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Reply(null, e.Message);
        }
    }

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    public async Task<IReadOnlyList<string>> WindowsAsync() =>
    [
        .. (await GetAsync("/api/v1/nodes"))["nodes"]!.AsArray().Where(node => (string?)node!["kind"] == "window").Select(node => (string)node!["id"]!),
    ];

    /// <summary>How many evaluations the district counts, of all time that matters.</summary>
    public async Task<int> CountAsync()
    {
        var report = await GetAsync($"/api/v1/satisfaction?node={_data.District}&from={Some.Today.AddDays(-2):yyyy-MM-dd}&to={Some.Today.AddDays(2):yyyy-MM-dd}");
        return report["slices"]![0]!["grades"]!.AsObject().Sum(origin => origin.Value!.AsObject().Sum(grade => (int)grade.Value!));
    }

    public void Dispose() => _http.Dispose();
}
