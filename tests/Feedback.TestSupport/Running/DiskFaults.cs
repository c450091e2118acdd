using System.Diagnostics;
using System.Net;
using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>What the kernel does to the embedded journal's writes, and what must come of it. The short and the long suite share it.</summary>
public static class DiskFaults
{
    private const string Writes = "pwrite64,fsync,fdatasync";

    /// <summary>
    /// From some moment on every such call fails. The first push that meets it is refused, every later one, too; <c>/healthz/ready</c> is 503 at
    /// once; and a new process on the sound disk has everything that was acknowledged.
    /// </summary>
    /// <param name="calls">The calls that fail.</param>
    /// <param name="pushes">How many are pushed in vain.</param>
    /// <returns>How long it took until the service said that it is not ready, and what the clients know.</returns>
    public static async Task<(TimeSpan Unready, Ledger Ledger)> FailAsync(string calls, int pushes)
    {
        using var data = await DemoData.CreateAsync();
        var ledger = new Ledger();
        TimeSpan unready;
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            using var http = new HttpClient { BaseAddress = server.Url };
            for (var n = 0; n < 50; n++)
                Assert.True(ledger.Note(await client.PushAgainAsync(Attempted(ledger, data, $"sound-{n}")), 1));
            await using (var tracer = await Tracer.AttachAsync(server.Id, calls, "error=EIO", data["journal.db"], data["journal.db-wal"]))
            {
                Assert.False(await PushAsync(client, ledger, data, "first"));
                var failed = Stopwatch.GetTimestamp();
                using var ready = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
                unready = Stopwatch.GetElapsedTime(failed);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
                Assert.True(tracer.Injected > 0, "No call failed.");
            }

            // The disk answers again, but what it holds is not known: nothing more is stored by this process.
            for (var n = 0; n < pushes; n++)
                Assert.False(await PushAsync(client, ledger, data, $"later-{n}"));
            await server.KillAsync();
        }

        await AssertStoredAsync(data, ledger);
        return (unready, ledger);
    }

    /// <summary>The process dies at its n-th write or flush, one n after the other; each time the journal opens again, sound and with everything acknowledged.</summary>
    /// <returns>What the clients know.</returns>
    public static async Task<Ledger> KillAsync(IEnumerable<int> points)
    {
        using var data = await DemoData.CreateAsync();
        var (ledger, deaths) = (new Ledger(), 0);
        foreach (var point in points)
        {
            await using (var dying = await data.StartAsync("serve"))
            {
                using var client = new DemoClient(data, dying.Url);
                await using var tracer = await Tracer.AttachAsync(dying.Id, Writes, $"signal=KILL:when={point}", data["journal.db"], data["journal.db-wal"]);
                // A push that is turned away is no death: only where no answer comes is there one.
                for (var (n, answered) = (0, ledger.Unknown); ledger.Unknown == answered; n++)
                {
                    Assert.True(n < 1000, $"It did not die at write {point}.");
                    _ = await PushAsync(client, ledger, data, $"p{point}-{n}");
                }

                await Wait.UntilAsync("it is gone", () => Task.FromResult(dying.HasEnded));
                deaths++;
            }

            Assert.Equal("ok", await StoredEvents.IntegrityAsync(data["journal.db"]));
            ledger.AssertHolds(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
        }

        Assert.True(ledger.Unknown == deaths, $"{ledger.Unknown} requests were cut off.");
        await AssertStoredAsync(data, ledger);
        return ledger;
    }

    private static async Task AssertStoredAsync(DemoData data, Ledger ledger)
    {
        ledger.AssertHolds(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
        await using var server = await data.StartAsync("serve");
        using (var client = new DemoClient(data, server.Url))
        {
            foreach (var chunk in ledger.Bodies.Chunk(500))
                await Wait.UntilAsync("everything is stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', chunk)}]"), chunk.Length));
            await Wait.UntilAsync("the district counts it", async () => await client.CountAsync() == ledger.Attempted);
        }

        ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
        await server.StopAsync();
        var (code, report) = await data.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    private static async Task<bool> PushAsync(DemoClient client, Ledger ledger, DemoData data, string id) =>
        ledger.Note(await client.PushAsync(Attempted(ledger, data, id)), 1);

    private static string Attempted(Ledger ledger, DemoData data, string id)
    {
        var window = data.Windows[ledger.Attempted % 3];
        var body = Some.Evaluation(window, id, more: ",\"comment\":\"排队久\"");
        ledger.Attempt(window, id, body);
        return body;
    }
}
