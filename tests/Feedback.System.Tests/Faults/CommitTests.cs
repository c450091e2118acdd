using System.Net;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>A journal that cannot commit: nobody is told that something is stored, everybody is told when to come again.</summary>
public sealed class CommitTests
{
    [Fact]
    public async Task While_the_journal_cannot_commit_pushes_are_503_with_a_time_to_retry_and_nothing_is_lost_or_doubled_afterwards()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = server.Url };
        using var client = new DemoClient(data, server.Url);
        var bodies = Enumerable.Range(0, 20).Select(n => Some.Evaluation(data.Windows[n % 3], $"blocked-{n}")).ToList();

        // Somebody else holds the only right to write.
        await using var other = StoredEvents.OfFile(data["journal.db"]);
        await other.OpenAsync();
        await using (var holding = await other.BeginTransactionAsync())
        {
            var refused = await Task.WhenAll(bodies.Append($"[{string.Join(',', bodies)}]").Select(body => PostAsync(http, data, body)));
            Assert.All(refused, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (answer.Status, answer.RetryAfter)));
            using var ready = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (ready.StatusCode, ready.Headers.RetryAfter?.Delta));
            using var live = await http.GetAsync(new Uri("/healthz/live", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            await holding.RollbackAsync();
        }

        foreach (var body in bodies)
        {
            await Wait.UntilAsync("it is stored", async () => (await client.PushAsync(body)).Status is 200 or 201);
            Assert.Equal(200, (await client.PushAgainAsync(body)).Status);
        }

        Assert.Equal(bodies.Count, (await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"]))).Distinct().Count());
        Assert.Equal(bodies.Count, (await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"]))).Count);
        await server.StopAsync();
        Assert.Equal(0, (await data.VerifyAsync()).Code);
    }

    [Fact]
    public async Task While_PostgreSQL_hangs_pushes_are_503_with_a_time_to_retry_and_nothing_is_lost_or_doubled_afterwards()
    {
        await using var postgres = await PrivatePostgres.StartAsync(durable: true);
        var connection = await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        await using var server = await data.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = server.Url };
        using var client = new DemoClient(data, server.Url);
        var ledger = new Ledger();
        foreach (var (window, id) in Enumerable.Range(0, 30).Select(n => (data.Windows[n % 3], $"hanging-{n}")))
            ledger.Attempt(window, id, Some.Evaluation(window, id));
        await client.StoreAsync(ledger.Bodies.First());

        postgres.Pause();
        var refused = await Task.WhenAll(ledger.Bodies.Skip(1).Select(client.PushAsync));
        using var ready = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        postgres.Resume();

        Assert.All(refused, reply => Assert.Equal((503, TimeSpan.FromSeconds(1)), (reply.Status, reply.RetryAfter)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        foreach (var body in ledger.Bodies)
            await Wait.UntilAsync("it is stored", async () => ledger.Note(await client.PushAsync(body), 1));
        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfPostgres(connection)));
        await server.StopAsync();
        Assert.Equal(0, (await data.VerifyAsync()).Code);
    }

    [MountFact]
    public async Task A_full_disk_acknowledges_nothing_that_is_not_stored_and_writing_goes_on_once_there_is_room()
    {
        const int MegaBytes = 64;
        using var disk = SmallDisk.Mount(MegaBytes);
        using var data = await DemoData.CreateAsync(at: disk.Path);
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        var ledger = new Ledger();
        var n = 0;
        await disk.FillAsync();

        // Until the first refusal, and for a while after it.
        for (var refusals = 0; refusals < 5; n++)
            refusals += await PushAsync() ? 0 : 1;
        File.Delete(disk.Ballast);
        await Wait.UntilAsync("there is room again", PushAsync);
        for (var i = 0; i < 20; i++, n++)
            await Wait.UntilAsync("writing goes on", PushAsync);

        foreach (var chunk in ledger.Bodies.Chunk(200))
            await Wait.UntilAsync("everything is stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', chunk)}]"), chunk.Length));
        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
        await server.StopAsync();
        var (code, report) = await data.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());

        async Task<bool> PushAsync()
        {
            var batch = Enumerable.Range(0, 50).Select(i => (Window: data.Windows[(n + i) % data.Windows.Count], Id: $"full-{ledger.Attempted + i}")).ToList();
            var bodies = batch.ConvertAll(one => Some.Evaluation(one.Window, one.Id, more: ",\"comment\":\"" + new string('满', 500) + "\""));
            foreach (var (one, body) in batch.Zip(bodies))
                ledger.Attempt(one.Window, one.Id, body);
            return ledger.Note(await client.PushAsync($"[{string.Join(',', bodies)}]"), bodies.Count);
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter)> PostAsync(HttpClient http, DemoData data, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/evaluations")
        {
            Content = new StringContent(body, global::System.Text.Encoding.UTF8, "application/json"),
            Headers = { { "X-Device-Key", data.DeviceKey } },
        };
        using var response = await http.SendAsync(request);
        return (response.StatusCode, response.Headers.RetryAfter?.Delta);
    }
}
