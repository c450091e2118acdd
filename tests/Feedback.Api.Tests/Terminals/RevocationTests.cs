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
using Xunit;

namespace Feedback.Api.Tests.Terminals;

public sealed class RevocationTests
{
    private static readonly TimeSpan Followed = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Two_servers_on_one_database_follow_a_revocation_within_ten_seconds()
    {
        var database = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var folders = new TemporaryFolder();
        await using var one = await StartAsync(folders["one"], database);
        Directory.CreateDirectory(folders["two"]);
        foreach (var file in Directory.GetFiles(folders["one"], "*key*"))
            File.Copy(file, Path.Combine(folders["two"], Path.GetFileName(file)));
        await using var two = await StartAsync(folders["two"], database);
        var bureau = one.Services.GetRequiredService<IBureau>();
        var clock = one.Services.GetRequiredService<TimeProvider>();
        await bureau.DecideAsync(StreamName.Organisation, _ => new Decision(
        [
            new NodeOpened { Salt = Some.Salt(), Node = new("n1"), Kind = NodeKind.Hall, Code = "h", Zh = "厅", En = "Hall", Zone = "Asia/Shanghai" },
            new NodeOpened { Salt = Some.Salt(), Node = new("n2"), Kind = NodeKind.Window, Parent = new("n1"), Code = "w", Zh = "窗", En = "Window", Zone = "Asia/Shanghai" },
        ]));
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        var key = await KeyIssue.DeviceKeyAsync(bureau, new NodeId("n1"), secret, clock);
        using var http = new HttpClient { BaseAddress = new Uri(two.Urls.First()) };
        // The other server has never heard of the key: it looks once more before it refuses.
        Assert.Equal(HttpStatusCode.Created, await PushAsync());

        await KeyIssue.RevokeAsync(bureau, key.Id, clock);

        await Wait.UntilAsync("the other server refuses the key", async () => await PushAsync() == HttpStatusCode.Unauthorized, Followed);

        async Task<HttpStatusCode> PushAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Client.Evaluations)
            {
                Content = new StringContent(Some.Evaluation("n2").ToJsonString(), Encoding.UTF8, "application/json"),
                Headers = { { "X-Device-Key", secret } },
            };
            return (await http.SendAsync(request)).StatusCode;
        }
    }

    private static async Task<WebApplication> StartAsync(string folder, string database)
    {
        var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder), database), "http://127.0.0.1:0");
        await app.StartAsync();
        return app;
    }
}
