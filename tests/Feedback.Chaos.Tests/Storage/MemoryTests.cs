using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>The kernel takes the process away because it needs more memory than there is.</summary>
public sealed class MemoryTests
{
    [CageFact("memory")]
    public Task Killed_for_want_of_memory_under_load_nothing_is_lost_and_nothing_doubled() =>
        ResultTable.RecordAsync(12, "memory limit, killed by the kernel × 5, 200 events/s", async row =>
        {
            using var cage = Cage.OfMemory();
            using var data = await DemoData.CreateAsync();
            var (ledger, kills) = (new Ledger(), 0);
            using var load = new KioskLoad(data, ledger, 200, "memory") { More = ",\"comment\":\"" + new string('多', 300) + "\"" };
            var server = await data.ServeAsync(null, cage.Inside);
            load.Point(server.Url);
            var running = load.RunAsync();
            while (kills < Scale.Count(5))
            {
                var enough = ledger.Acknowledged + 300;
                await Wait.UntilAsync("more is acknowledged", () => Task.FromResult(ledger.Acknowledged >= enough));
                await Wait.UntilAsync("the kernel kills it", () =>
                {
                    Tighten(cage);
                    return Task.FromResult(server.HasEnded);
                }, TimeSpan.FromSeconds(60));
                kills++;
                cage.Limit(null);
                await server.DisposeAsync();
                server = await data.ServeAsync(null, cage.Inside);
                load.Point(server.Url);
            }

            load.Enough();
            await running;
            row.Measure("kills", kills);
            load.Figures.Tell(row);
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfFile(data["journal.db"]));
            await server.DisposeAsync();
        });

    // A limit below what cannot be given back is refused by one version of control groups, and obeyed by the other.
    private static void Tighten(Cage cage)
    {
        try
        {
            cage.Limit(cage.Used() * 95 / 100);
        }
        catch (IOException)
        {
            cage.Limit(cage.Used() + (256 * 1024));
        }
    }
}
