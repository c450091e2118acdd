using System.Data.Common;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Load;

/// <summary>What must hold after every fault, whatever it was.</summary>
internal static class Oracle
{
    // Only whether, not how soon.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Everything attempted is sent once more: the first receipts come again, nothing new is stored but what was open. Then acknowledged −
    /// stored = ∅, nothing is stored twice, stored − attempted = ∅; the district counts what is stored within 30 s; and <c>verify</c> finds
    /// every chain and every count as it should be, while the server runs and after it has stopped.
    /// </summary>
    /// <param name="row">Hears how many were attempted, acknowledged and stored.</param>
    /// <param name="data">The site.</param>
    /// <param name="ledger">The clients' books.</param>
    /// <param name="server">The server, up again; it is stopped.</param>
    /// <param name="journal">Connects to the journal.</param>
    /// <param name="days">So many days back and ahead of today lie the days that count.</param>
    /// <param name="again">How many of those acknowledged are sent once more, evenly chosen; all of them unless told otherwise.</param>
    public static async Task AssertAsync(ResultRow row, DemoData data, Ledger ledger, FeedbackProcess server, Func<DbConnection> journal, int days = 2, int again = int.MaxValue)
    {
        row.Measure("attempted", ledger.Attempted);
        row.Measure("acknowledged", ledger.Acknowledged);
        using (var client = new DemoClient(data, server.Url))
        {
            await RepeatAsync(client, ledger, again);
            var stored = await StoredEvents.KeysAsync(journal());
            row.Measure("stored", stored.Count);
            ledger.AssertMatches(stored);
            await Wait.UntilAsync("the district counts what is stored", async () => await client.CountAsync(days) == ledger.Attempted, Quiet);
        }

        await AssertCleanAsync(data);
        await server.StopAsync();
        await AssertCleanAsync(data);
    }

    /// <summary>Sends everything once more; what was acknowledged gets its first receipt again.</summary>
    public static async Task RepeatAsync(DemoClient client, Ledger ledger, int again = int.MaxValue)
    {
        var (all, open) = (ledger.Bodies.ToList(), ledger.Open.ToHashSet());
        var every = Math.Max(1, all.Count / Math.Max(1, again));
        foreach (var chunk in all.Where((body, n) => n % every == 0 || open.Contains(body)).Chunk(500))
            await Wait.UntilAsync("everything is stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', chunk)}]"), chunk.Length), Patience);
    }

    /// <summary><c>verify</c> finds nothing.</summary>
    public static async Task AssertCleanAsync(DemoData data)
    {
        var (code, report) = await data.VerifyAsync();
        Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
    }
}
