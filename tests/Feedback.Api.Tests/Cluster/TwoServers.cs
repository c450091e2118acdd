using System.Net;
using System.Text;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Api.Tests.Cluster;

/// <summary>Two servers that know nothing of each other on one database, each with an activation of the same window: as bad as a cluster can be mistaken about itself.</summary>
internal sealed class TwoServers : IAsyncDisposable
{
    private readonly TemporaryFolder _folders = new();
    private readonly List<(WebApplication App, HttpClient Http)> _servers = [];
    private string _key = "";

    /// <summary>The database that both write to.</summary>
    public string Database { get; private set; } = "";

    public static async Task<TwoServers> StartAsync()
    {
        var servers = new TwoServers { Database = await (await PrivatePostgres.Shared).CreateDatabaseAsync() };
        await servers.AddAsync("one");
        var services = servers._servers[0].App.Services;
        var bureau = services.GetRequiredService<IBureau>();
        await bureau.DecideAsync(StreamName.Organisation, _ => new Decision(
        [
            new NodeOpened { Salt = Some.Salt(), Node = new("n1"), Kind = NodeKind.Hall, Code = "h", Zh = "厅", En = "Hall", Zone = "Asia/Shanghai" },
            new NodeOpened { Salt = Some.Salt(), Node = new("n2"), Kind = NodeKind.Window, Parent = new("n1"), Code = "w", Zh = "窗", En = "Window", Zone = "Asia/Shanghai" },
        ]));
        servers._key = KeyIssue.NewSecret(KeyPurpose.Device);
        await KeyIssue.DeviceKeyAsync(bureau, new NodeId("n1"), servers._key, services.GetRequiredService<TimeProvider>());
        await servers.AddAsync("two");
        return servers;
    }

    /// <summary>Pushes an evaluation of the window to one of them.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PushAsync(int server, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Client.Evaluations)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "X-Device-Key", _key } },
        };
        using var answer = await _servers[server].Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public IServiceProvider Services(int server) => _servers[server].App.Services;

    public async ValueTask DisposeAsync()
    {
        foreach (var (app, http) in _servers)
        {
            http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }

        _folders.Dispose();
    }

    private async Task AddAsync(string name)
    {
        var site = new Site(DataDirectory.Open(_folders[name]), Database) { Keys = Directory.CreateDirectory(_folders["keys"]).FullName };
        var app = await WebSetup.BuildAsync(site, "http://127.0.0.1:0", signIn: SignInOptions.Optional);
        await app.StartAsync();
        _servers.Add((app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) }));
    }
}
