using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Cluster;

/// <summary>
/// Three silos on one PostgreSQL through a day of their life: every one takes pushes and tells the same figures, one is killed, one is
/// stopped in good order, both come back; nothing is lost, nothing counted twice.
/// </summary>
public sealed class ThreeSilosTests
{
    private const int Rate = 60;
    private const int Enough = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Three_silos_are_one_service_also_while_one_is_killed_another_is_stopped_and_both_come_back()
    {
        await using var cluster = await SiloCluster.StartAsync(3);
        var ledger = new Ledger();

        // Whatever silo a window's evaluation reaches, every silo counts it.
        foreach (var (n, window) in cluster.Data.Windows.Index())
        {
            foreach (var silo in cluster.Silos)
                await PushAsync(cluster, ledger, silo, window, $"each-{n}-{silo.Place.Name}");
        }

        await cluster.AllCountAsync(ledger.Attempted);

        await using (var kiosks = new Kiosks(cluster.Data, ledger, () => cluster.Urls, patience: Patience))
        {
            var pushing = kiosks.RunAsync(Rate);
            await MoreAsync(pushing, ledger);

            await cluster.Silos[0].KillAsync();
            // Those that lived on the killed silo among them.
            foreach (var window in cluster.Data.Windows)
                await PushAsync(cluster, ledger, cluster.Silos[1], window, $"after-{window}");
            cluster.Silos[0].Start();
            await cluster.AllServeAsync();

            var smooth = kiosks.Now;
            Assert.Equal(0, (await cluster.Silos[1].TerminateAsync()).Code);
            await MoreAsync(pushing, ledger);
            cluster.Silos[1].Start();
            await cluster.AllServeAsync();

            kiosks.Enough();
            await pushing;
            // A silo that joins or leaves in good order cuts nobody off: at most it asks to come again. How often, the fault suite measures.
            var unanswered = kiosks.Log.Unanswered(since: smooth);
            Assert.True(unanswered.Count == 0, $"{string.Join('\n', unanswered)}\n{cluster.Logs()}");
        }

        ledger.AssertMatches(await cluster.StoredAsync());
        await cluster.AllCountAsync(ledger.Attempted);
        var (code, report) = await cluster.Data.VerifyAsync();
        Assert.True(code == 0 && report["findings"]!.AsArray().Count == 0, report.ToJsonString());
        Assert.All(cluster.Silos, silo => Assert.Equal(0, silo.EndedByItself));
    }

    private static async Task PushAsync(SiloCluster cluster, Ledger ledger, SiloProcess silo, string window, string id)
    {
        using var client = new DemoClient(cluster.Data, silo.Place.Url);
        var body = Some.Evaluation(window, id);
        ledger.Attempt(window, id, body);
        await Wait.UntilAsync($"{window} takes an evaluation", async () => ledger.Note(await client.PushAsync(body), 1));
    }

    private static async Task MoreAsync(Task pushing, Ledger ledger)
    {
        var enough = ledger.Acknowledged + Enough;
        await Wait.UntilAsync("more is acknowledged", () => pushing.IsFaulted ? throw pushing.Exception! : Task.FromResult(ledger.Acknowledged >= enough));
    }
}
