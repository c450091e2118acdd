using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>Keys that are sent more than once. The short and the long suite share it.</summary>
public static class Repeats
{
    private const int AtOnce = 20;

    /// <summary>So many pushes whose line is cut after the commit and before the answer; each is sent again.</summary>
    /// <returns>What the clients know.</returns>
    public static async Task<Ledger> CutAsync(DemoData data, Uri server, int cuts)
    {
        var ledger = new Ledger();
        await using var proxy = new CutProxy(server, cuts);
        using var client = new DemoClient(data, proxy.Url);
        await Parallel.ForEachAsync(Enumerable.Range(0, cuts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            var window = data.Windows[n % data.Windows.Count];
            var body = Some.Evaluation(window, $"after-commit-{n}");
            ledger.Attempt(window, $"after-commit-{n}", body);
            await Wait.UntilAsync("it is answered", async () => ledger.Note(await client.PushAsync(body), 1));
        });
        Assert.Equal((cuts, cuts), (proxy.Cuts, ledger.Unknown));
        return ledger;
    }

    /// <summary>So many keys, each sent so many times at the same moment: one is new, the others repeat it; then each with another body, which is a conflict.</summary>
    /// <returns>What the clients know, and how many conflicts there were.</returns>
    public static async Task<(Ledger Ledger, int Conflicts)> AtOnceAsync(DemoData data, Uri server, int keys, int times)
    {
        var (ledger, created, conflicts) = (new Ledger(), 0, 0);
        using var client = new DemoClient(data, server);
        await Parallel.ForEachAsync(Enumerable.Range(0, keys), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            var window = data.Windows[n % data.Windows.Count];
            var body = Some.Evaluation(window, $"five-{n}", grade: 5);
            ledger.Attempt(window, $"five-{n}", body);
            // The ledger holds every receipt against the first one.
            var statuses = await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
            {
                int? status = null;
                await Wait.UntilAsync("it is answered", async () =>
                {
                    var reply = await client.PushAsync(body);
                    status = reply.Status;
                    return ledger.Note(reply, 1);
                });
                return status;
            }));
            Interlocked.Add(ref created, statuses.Count(status => status == 201));
            var other = await client.PushAgainAsync(body.Replace("\"grade\":5", "\"grade\":1", StringComparison.Ordinal));
            Assert.True(other.Status == 409, other.Text);
            Interlocked.Increment(ref conflicts);
        });
        // Where the answer that it is new got lost, only repeats are heard of.
        Assert.InRange(created, 0, keys);
        return (ledger, conflicts);
    }
}
