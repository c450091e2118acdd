using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.TestSupport.Running;

namespace Feedback.System.Tests.Personal;

/// <summary>Somebody of the bureau with a browser.</summary>
internal sealed partial class OfficialBrowser : IDisposable
{
    private const string Password = "a password long enough for anybody";
    private readonly HttpClient _http;

    private OfficialBrowser(Uri url) =>
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Opens an account by the verb.</summary>
    public static async Task AddAsync(DemoData data, string name, string role)
    {
        var ended = await FeedbackProcess.RunAsync(["users", "add", name, "--role", role, .. data.Options], Password + "\n");
        if (ended.Code != 0)
            throw new InvalidOperationException(ended.Errors);
    }

    public static async Task<OfficialBrowser> SignInAsync(Uri url, string name)
    {
        var browser = new OfficialBrowser(url);
        var seal = Seal().Match(await browser.GetAsync("/sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("form", seal), new("name", name), new("password", Password), new("back", "/nodes")]);
        using var answer = await browser._http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Redirect ? browser : throw new InvalidOperationException($"{name} could not sign in: {answer.StatusCode}");
    }

    public async Task<string> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
