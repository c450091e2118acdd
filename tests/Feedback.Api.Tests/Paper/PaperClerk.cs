using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Paper;

/// <summary>Somebody who keys printed forms by the API.</summary>
internal sealed class PaperClerk : IDisposable
{
    public const string Path = "/api/v1/paper-batches";
    private readonly Official _official;

    private PaperClerk(Official official, Official other) => (_official, Other) = (official, other);

    /// <summary>Who counted with them.</summary>
    public Official Other { get; }

    public string Name => _official.Name;

    public static async Task<PaperClerk> SignInAsync(RunningSite site, string node, string role = "hall-manager") =>
        new(await Official.SignInAsync(site, $"{role}@{node}"), await Official.SignInAsync(site, $"hall-manager@{node}"));

    public JsonObject Opening(string node, int issued = 20, int? collected = 20) => new()
    {
        ["node"] = node,
        ["from"] = Day(7),
        ["through"] = Day(0),
        ["issued"] = issued,
        ["collected"] = collected,
        ["counters"] = new JsonArray(Name, Other.Name),
        ["id"] = Some.Id(),
    };

    public static string Day(int ago) => Some.Day(ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static JsonObject Form(int number, int grade = 5, string? comment = null) =>
        new() { ["form"] = number, ["grade"] = grade, ["dimensions"] = new JsonObject { ["attitude"] = grade }, ["comment"] = comment };

    /// <summary>An open batch: its address.</summary>
    public async Task<string> OpenAsync(string node, int issued = 20, int? collected = 20)
    {
        var answer = await PostAsync("", Opening(node, issued, collected));
        Assert.Equal((201, ""), (answer.Status, (string?)answer.Json["code"] ?? ""));
        return "/" + (string)answer.Json["id"]!;
    }

    public Task<(int Status, JsonNode Json, string? Tag)> KeyAsync(string batch, params JsonNode[] forms) => PostAsync(batch + "/forms", new JsonObject { ["forms"] = new JsonArray(forms) });

    /// <summary>The other one keys a form the second time.</summary>
    public Task<(int Status, JsonNode Json, string? Tag)> RecheckAsync(string batch, JsonNode form) =>
        SendAsync(batch + "/rechecks", new StringContent(form.ToJsonString(), Encoding.UTF8, "application/json"), by: Other);

    public async Task<(int Status, JsonNode Json, string? Tag)> GetAsync(string path) => await ReadAsync(await _official.Browser.GetAsync(Path + path));

    public async Task<(int Status, JsonNode Json, string? Tag)> PostAsync(string path, JsonNode body, string? ifMatch = null, string language = "en") =>
        await SendAsync(path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ifMatch, language);

    /// <summary>Sends something, and the same once more while a busy machine cannot say what became of it.</summary>
    public async Task<(int Status, JsonNode Json, string? Tag)> SendAsync(string path, HttpContent content, string? ifMatch = null, string language = "en", Official? by = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await ReadAsync(await (by ?? _official).Browser.SendAsync(request));
    }

    public void Dispose()
    {
        _official.Dispose();
        Other.Dispose();
    }

    private static async Task<(int, JsonNode, string?)> ReadAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!, answer.Headers.ETag?.Tag);
}
