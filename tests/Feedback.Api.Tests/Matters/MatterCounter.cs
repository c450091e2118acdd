using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Tests.Matters;

/// <summary>The counter of a hall's business system: it accepts matters and tells what becomes of them.</summary>
internal sealed class MatterCounter : IDisposable
{
    public const string Path = "/api/v1/service-matters";
    private readonly HttpClient _http;

    private MatterCounter(HttpClient http, OpenHall hall, string item) => (_http, Hall, Item) = (http, hall, item);

    public OpenHall Hall { get; }

    /// <summary>The code of an item of this counter alone.</summary>
    public string Item { get; }

    public static async Task<MatterCounter> OpenAsync(RunningSite site, params Permission[] permissions)
    {
        var (hall, item) = (await site.NewHallAsync(), "item-" + Some.Id());
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), secret, site.Clock, permissions.Length == 0 ? [Permission.FileCases, Permission.ReadCases] : [.. permissions]);
        await site.Bureau.DecideAsync(StreamName.Catalogue, _ => new Decision([new ServiceItemDefined { Salt = Some.Salt(), Code = item, Zh = "道路货物运输经营许可", En = "Road freight licence" }]));
        var http = new HttpClient { BaseAddress = site.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return new MatterCounter(http, hall, item);
    }

    public JsonObject Acceptance(string? number = null) => new()
    {
        ["node"] = Hall.Id,
        ["number"] = number ?? Some.Id(),
        ["serviceItem"] = Item,
        ["limit"] = "10wd",
        ["missing"] = new JsonArray(
            new JsonObject { ["code"] = "licence", ["title"] = "营业执照副本", ["how"] = "ordinary" },
            new JsonObject { ["code"] = "photo", ["title"] = "车辆照片", ["how"] = "to-follow", ["dueOn"] = Day(7) },
            new JsonObject { ["code"] = "record", ["title"] = "无犯罪记录证明", ["how"] = "promised" }),
    };

    public static string Day(int ahead) => Some.Day(-ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Task<Answer> AcceptAsync(JsonNode body) => PostAsync(Path, body);

    public async Task<JsonNode> AcceptedAsync()
    {
        var answer = await AcceptAsync(Acceptance());
        return answer.Status == 201 ? answer.Json : throw new InvalidOperationException(answer.Text);
    }

    public Task<Answer> StepAsync(JsonNode matter, JsonObject body, string? ifMatch = null) => PostAsync($"{Path}/{matter["id"]}/steps", body, ifMatch);

    public async Task<Answer> GetAsync(string path, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await SendAsync(request);
    }

    public async Task<byte[]> FileAsync(string path) => await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    public void Dispose() => _http.Dispose();

    public async Task<Answer> PostAsync(string path, JsonNode body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await SendAsync(request);
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}
