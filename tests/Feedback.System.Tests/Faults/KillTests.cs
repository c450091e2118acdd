using System.Data.Common;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>kill -9 of the whole process under load, twenty times; then what the clients know is compared with what is stored.</summary>
public sealed class KillOnSqliteTests
{
    [Fact]
    public async Task Twenty_kills_under_load_lose_and_double_nothing_on_SQLite()
    {
        using var data = await DemoData.CreateAsync();

        await Kills.RunAsync(data, () => StoredEvents.OfFile(data["journal.db"]));
    }
}

/// <summary>The same on PostgreSQL; a class of its own, so that the two run side by side.</summary>
public sealed class KillOnPostgresTests
{
    [Fact]
    public async Task Twenty_kills_under_load_lose_and_double_nothing_on_PostgreSQL()
    {
        await using var server = await PrivatePostgres.StartAsync(durable: true);
        var connection = await server.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);

        await Kills.RunAsync(data, () => StoredEvents.OfPostgres(connection));
    }
}

/// <summary>The kills, and the oracle after them.</summary>
internal static class Kills
{
    private const int Times = 20;
    private const int Seed = 7_919;

    public static async Task RunAsync(DemoData data, Func<DbConnection> journal)
    {
        var (ledger, random) = (new Ledger(), new Random(Seed));
        using var load = new SteadyLoad(data, ledger, Seed);
        var server = await data.StartAsync("serve");
        load.Point(server.Url);
        var pushing = load.RunAsync();
        for (var kill = 0; kill < Times; kill++)
        {
            // A moment after so many more were acknowledged: whatever the writer is doing then is cut short.
            var enough = ledger.Acknowledged + random.Next(20, 200);
            await Wait.UntilAsync("more is acknowledged", () => pushing.IsFaulted ? throw pushing.Exception! : Task.FromResult(ledger.Acknowledged >= enough));
            await server.KillAsync();
            await server.DisposeAsync();
            server = await data.StartAsync("serve");
            load.Point(server.Url);
        }

        load.Enough();
        await pushing;
        Assert.True(ledger.Unknown >= Times, $"Only {ledger.Unknown} requests were cut off.");

        await AssertRepeatsAsync(data, ledger, server.Url);
        ledger.AssertMatches(await StoredEvents.KeysAsync(journal()));
        using (var client = new DemoClient(data, server.Url))
            await Wait.UntilAsync("the district counts what is stored", async () => await client.CountAsync() == ledger.Attempted);
        await AssertCleanAsync(data);
        await server.StopAsync();
        await server.DisposeAsync();
        await AssertCleanAsync(data);
    }

    // Everything once more: the first receipts, and nothing new.
    private static async Task AssertRepeatsAsync(DemoData data, Ledger ledger, Uri url)
    {
        using var client = new DemoClient(data, url);
        foreach (var chunk in ledger.Bodies.Chunk(500))
        {
            var reply = await client.PushAgainAsync($"[{string.Join(',', chunk)}]");
            Assert.True(ledger.Note(reply, chunk.Length), reply.Text);
            Assert.Equal((0, chunk.Length), ((int)reply.Json["accepted"]!, (int)reply.Json["duplicates"]!));
        }
    }

    private static async Task AssertCleanAsync(DemoData data)
    {
        var (code, report) = await data.VerifyAsync();
        Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
    }
}
