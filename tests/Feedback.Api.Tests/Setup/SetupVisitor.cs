using System.Net;
using System.Text.RegularExpressions;
using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Feedback.Web.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Api.Tests.Setup;

/// <summary>A page as a browser got it.</summary>
internal sealed record Page(int Status, string Html, string Address)
{
    public string Text => WebUtility.HtmlDecode(Html);
}

/// <summary>A site that was just started on an empty data directory, and whoever has its setup code.</summary>
internal sealed partial class SetupVisitor : IAsyncDisposable
{
    public const string Password = "a few random words";

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly Uri _url;
    private HttpClient _http;

    private SetupVisitor(TemporaryFolder folder, WebApplication app) =>
        (_folder, _app, _url, _http) = (folder, app, new Uri(app.Urls.First()), NewBrowser());

    public string Code { get; private set; } = "";

    public IAccounts Accounts => _app.Services.GetRequiredService<IAccounts>();

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<SetupVisitor> ArriveAsync(SignInOptions? signIn = null)
    {
        var folder = new TemporaryFolder();
        var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0", signIn: signIn ?? SignInOptions.Optional);
        await app.StartAsync();
        return new SetupVisitor(folder, app) { Code = app.Services.GetRequiredService<SetupCode>().Draw() };
    }

    /// <summary>Comes with a browser that knows nothing of the visit before.</summary>
    public void ForgetSession() => _http = NewBrowser();

    public async Task<Page> GetAsync(string path) => await PageOf(await _http.GetAsync(new Uri(_url, path)));

    public async Task<byte[]> DownloadAsync(string path) => await _http.GetByteArrayAsync(new Uri(_url, path));

    /// <summary>The passwords that the last page showed, in its order.</summary>
    public IReadOnlyList<string> Shown { get; private set; } = [];

    public async Task<Page> CreateAdministratorAsync(string? code = null, string name = "admin")
    {
        var page = await PostAsync("/setup/administrator", await FormOfAsync("/setup"), ("code", code ?? Code), ("name", name));
        Shown = [.. Generated().Matches(page.Html).Select(match => match.Groups[1].Value)];
        return page;
    }

    /// <summary>Makes the first accounts and signs in as the system administrator.</summary>
    public async Task BeginAsync()
    {
        await CreateAdministratorAsync();
        await SignInAsync("admin", Shown[0]);
    }

    public async Task<Page> SignInAsync(string name, string password = Password) =>
        await PostAsync("/sign-in", await FormOfAsync("/sign-in"), ("name", name), ("password", password));

    public async Task<Page> UploadAsync(string kind, byte[] file, bool check = false)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await FormOfAsync("/setup")), "form" }, { new StringContent(kind), "kind" }, { new ByteArrayContent(file), "file", "table.csv" },
        };
        if (check)
            form.Add(new StringContent("on"), "check");
        return await PageOf(await _http.PostAsync(new Uri(_url, "/setup/import"), form));
    }

    public async Task<Page> IssueKeyAsync(string node) => await PostAsync("/setup/key", await FormOfAsync("/setup/keys"), ("node", node));

    public async Task<Page> PostAsync(string path, string form, params (string Name, string Value)[] members)
    {
        using var content = new FormUrlEncodedContent(members.Append(("form", form)).Select(member => KeyValuePair.Create(member.Item1, member.Item2)));
        return await PageOf(await _http.PostAsync(new Uri(_url, path), content));
    }

    /// <summary>Sends a form that says where its parts end, and has none.</summary>
    public async Task<Page> PostBrokenAsync(string path)
    {
        await GetAsync("/setup");
        using var content = new StringContent("no part at all");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return await PageOf(await _http.PostAsync(new Uri(_url, path), content));
    }

    public async Task<HttpStatusCode> PushAsync(string key, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_url, "/api/v1/evaluations")) { Content = new StringContent(json) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Device-Key", key);
        return (await _http.SendAsync(request)).StatusCode;
    }

    /// <summary>Whether a text is in any file of the site, or what the database has not moved there yet.</summary>
    public bool IsInAnyFile(string text) => Directory.GetFiles(_folder.Path).Where(file => Path.GetFileName(file) != "lock").Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> FormOfAsync(string path) => FormToken().Match((await GetAsync(path)).Html).Groups[1].Value;

    private static async Task<Page> PageOf(HttpResponseMessage answer)
    {
        using (answer)
            return new Page((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private static HttpClient NewBrowser()
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
        return http;
    }

    [GeneratedRegex("<pre tabindex=\"0\">([a-z0-9]{5}(?:-[a-z0-9]{5}){3})</pre>")]
    private static partial Regex Generated();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
