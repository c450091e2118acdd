using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Feedback.Api.Tests.Support;

/// <summary>What the API answered.</summary>
internal sealed record Answer(int Status, string? MediaType, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    public string? Field => (string?)Json["field"];

    public string Title => (string)Json["title"]!;
}

/// <summary>A client of the site: a terminal that pushes and a reader of figures.</summary>
internal sealed class Client(RunningSite site) : IDisposable
{
    public const string Evaluations = "/api/v1/evaluations";
    public const string Matters = "/api/v1/matters";

    private readonly HttpClient _http = new() { BaseAddress = site.Url, Timeout = TimeSpan.FromSeconds(60) };

    public Task<Answer> PushAsync(JsonNode body, string path = Evaluations, string mediaType = "application/json", string? key = "", string? language = null) =>
        PushAsync(body.ToJsonString(), path, mediaType, key, language);

    public Task<Answer> PushAsync(string body, string path = Evaluations, string mediaType = "application/json", string? key = "", string? language = null) =>
        PushAsync(Encoding.UTF8.GetBytes(body), path, mediaType, key, language);

    /// <summary>Posts bytes.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="path">Where to.</param>
    /// <param name="mediaType">The Content-Type; null for none.</param>
    /// <param name="key">The device key; null for none, empty for the district's.</param>
    /// <param name="language">The Accept-Language; null for none.</param>
    public async Task<Answer> PushAsync(byte[] body, string path = Evaluations, string? mediaType = "application/json", string? key = "", string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        // A server may refuse a large body by its length alone and hang up: so it is asked before the body is sent.
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        if (mediaType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-Device-Key", key.Length == 0 ? site.DeviceKey : key);
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await SendAsync(request);
    }

    public async Task<Answer> GetAsync(string path, string? token = "", string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (token.Length == 0 ? site.Token : token));
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await SendAsync(request);
    }

    /// <summary>Sends anything.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    /// <summary>Opens an answer that goes on.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request) => await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>A node's satisfaction report of the last 100 days and today, or of other days.</summary>
    public async Task<JsonNode> ReportAsync(string node, string by = "total", DateOnly? from = null, DateOnly? to = null, bool children = false)
    {
        var query = string.Create(CultureInfo.InvariantCulture,
            $"node={node}&from={from ?? Some.Day(100):yyyy-MM-dd}&to={to ?? Some.Day(-1):yyyy-MM-dd}&by={by}{(children ? "&children=true" : "")}");
        return (await GetAsync("/api/v1/satisfaction?" + query)).Json;
    }

    /// <summary>A node's figures in one slice of all recent days.</summary>
    public async Task<JsonNode> FiguresAsync(string node) => (await ReportAsync(node))["slices"]![0]!;

    /// <summary>How many evaluations a window counts, all origins and grades, excluded ones apart.</summary>
    public async Task<int> CountAsync(string node) =>
        (await FiguresAsync(node))["grades"]!.AsObject().Sum(origin => origin.Value!.AsObject().Sum(grade => (int)grade.Value!));

    public void Dispose() => _http.Dispose();
}
