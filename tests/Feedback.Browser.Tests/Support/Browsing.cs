using System.Net.Http.Json;
using System.Security.Cryptography;
using Feedback.Api.Addresses;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Feedback.Web.District;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Feedback.Browser.Tests.Support;

/// <summary>The tests that share one running site and one browser; each has a browser profile of its own.</summary>
[CollectionDefinition(Name)]
public sealed class OneBrowser : ICollectionFixture<Browsing>
{
    public const string Name = "One browser";
}

/// <summary>The real application with the demo's district, which nobody has rated yet, and a real Chromium.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private static readonly string[] Switches =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    // A page takes less than a second; a machine busy with all other tests is no failure.
    internal const float PatienceMilliseconds = 120_000;

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private DemoAccess _access = null!;

    /// <summary>Where Debian puts the browser; another one by CHROMIUM.</summary>
    private static string Chromium => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    public string District { get; private set; } = null!;

    /// <summary>The first hall.</summary>
    public string Hall { get; private set; } = null!;

    /// <summary>The first window of the first hall.</summary>
    public string Window { get; private set; } = null!;

    /// <summary>Where phones reach it, as links and pictures say.</summary>
    public const string PublicUrl = "https://feedback.example.gov.cn";

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public IAccounts Accounts => _app.Services.GetRequiredService<IAccounts>();

    public Uri Url { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var site = new Site(DataDirectory.Open(_folder.Path), null);
        _app = await WebSetup.BuildAsync(
            site, "http://127.0.0.1:0", signIn: SignInOptions.Optional, amend: services => services.AddSingleton(PublicAddress.Parse(PublicUrl, withinOneNetwork: false)));
        _app.MapDistrictPage(() => District is null ? null : new NodeId(District));
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
        var bureau = _app.Services.GetRequiredService<IBureau>();
        var demo = await DemoDistrict.EnsureAsync(bureau, _app.Services.GetRequiredService<PersonalCipher>(), Wait.Clock);
        _access = await DemoFile.EnsureAsync(site.Data.Demo, Url.ToString().TrimEnd('/'), demo, bureau, await DemoFile.PeopleAsync(site.Data.Demo, demo, Accounts), Wait.Clock);
        (District, Window) = (_access.District, _access.Window);
        Hall = bureau.Current.Tree.Find(Window)!.ParentOn(DateOnly.MaxValue)!.Value.Value;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            // Chromium refuses to build its sandbox for root.
            ChromiumSandbox = Environment.UserName != "root",
            Args = Switches,
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>A browser of a test's own.</summary>
    internal async Task<Visit> OpenAsync(string language = "en-GB", int width = 1280, bool script = true, bool signedIn = true, bool dark = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Url.ToString(),
            Locale = language,
            ViewportSize = new() { Width = width, Height = 800 },
            JavaScriptEnabled = script,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var visit = new Visit(await context.NewPageAsync(), Url);
        if (signedIn)
            await visit.SignInAsync(_access.Admin.Name, _access.Admin.Password);
        return visit;
    }

    /// <summary>Opens a hall of the district that a test has to itself.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> OpenHallAsync(string code)
    {
        var hall = default(NodeId);
        await Service<IBureau>().DecideAsync(StreamName.Organisation, state =>
        {
            hall = state.Tree.NextId;
            return new Decision(
            [
                new NodeOpened
                {
                    Salt = Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length)),
                    Node = hall,
                    Kind = NodeKind.Hall,
                    Parent = new NodeId(District),
                    Code = code,
                    Zh = "新桥服务大厅",
                    En = "New Bridge Hall",
                    Zone = "Asia/Shanghai",
                },
            ]);
        });
        return hall.Value;
    }

    /// <summary>Pushes evaluations, as windows do.</summary>
    public async Task PushAsync(params object[] evaluations)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/api/v1/evaluations"))
        {
            Content = JsonContent.Create(evaluations),
            Headers = { { "X-Device-Key", _access.DeviceKey } },
        };
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Contains($"\"accepted\":{evaluations.Length}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Invites a citizen to rate a matter, as a counter does.</summary>
    /// <returns>The token.</returns>
    public async Task<string> InviteAsync(string window, string matter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, $"/api/v1/windows/{window}/invite"))
        {
            Content = JsonContent.Create(new { matter }),
            Headers = { { "X-Device-Key", _access.DeviceKey } },
        };
        using var answer = await _http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>Active evaluations of a window, each with an id of its own.</summary>
    public static object[] Evaluations(string window, string id, int good, int bad, int daysAgo = 0) =>
    [
        .. Enumerable.Range(0, good + bad).Select(i => new
        {
            id = $"{id}-{i}",
            window,
            occurredAt = Wait.Clock.GetUtcNow().AddDays(-daysAgo),
            grade = i < good ? 5 : 1,
            origin = "active",
            channel = "terminal",
        }),
    ];
}
