using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>The process dies in the middle of the first, the second, … write to the journal's log, at another byte each time.</summary>
public sealed class TornWriteTests
{
    // A page of 4,096 bytes with its header.
    private const int Frame = 4120;

    [Fact]
    public async Task Killed_in_the_middle_of_any_write_the_journal_opens_again_with_everything_acknowledged_and_nothing_twice()
    {
        const int Writes = 6;
        using var data = await DemoData.CreateAsync();
        var ledger = new Ledger();
        for (var write = 1; write <= Writes; write++)
        {
            await using (var dying = await data.StartAsync("serve"))
            {
                // The log was folded in at the last stop, so it grows write by write.
                var log = new FileInfo(data["journal.db-wal"]);
                FileSizes.Limit(dying.Id, (log.Exists ? log.Length : 0) + (write * Frame) - (write * 337 % Frame));
                using var client = new DemoClient(data, dying.Url);
                for (var n = 0; !dying.HasEnded; n++)
                {
                    Assert.True(n < 1000, "It never died.");
                    await PushAsync(client, ledger, data, $"w{write}-{n}");
                }
            }

            await using var server = await data.StartAsync("serve");
            using (var client = new DemoClient(data, server.Url))
            {
                foreach (var chunk in ledger.Bodies.Chunk(500))
                    await Wait.UntilAsync("everything is stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', chunk)}]"), chunk.Length));
                await Wait.UntilAsync("the district counts it", async () => await client.CountAsync() == ledger.Attempted);
            }

            ledger.AssertMatches(await StoredEvents.KeysAsync(StoredEvents.OfFile(data["journal.db"])));
            await server.StopAsync();
        }

        Assert.True(ledger.Unknown >= Writes, $"Only {ledger.Unknown} requests were cut off.");
        var (code, report) = await data.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    private static async Task PushAsync(DemoClient client, Ledger ledger, DemoData data, string id)
    {
        var window = data.Windows[ledger.Attempted % 3];
        var body = Some.Evaluation(window, id, more: ",\"comment\":\"排队久\"");
        ledger.Attempt(window, id, body);
        _ = ledger.Note(await client.PushAsync(body), 1);
    }
}
