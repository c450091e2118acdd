using System.Globalization;
using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Hours at a steady rate with one fault after the other, from a fixed seed.</summary>
public sealed class SoakTests
{
    private const int Seed = 28;
    private const int Stop = 19;
    private const int Continue = 18;
    private static readonly double Minutes =
        double.TryParse(Environment.GetEnvironmentVariable("FEEDBACK_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;

    [SoakFact]
    public Task Hours_of_faults_lose_nothing_and_leave_neither_memory_nor_handles_behind() => ResultTable.RecordAsync(
        28, string.Create(CultureInfo.InvariantCulture, $"soak of {Minutes:0.#} min at 200 events/s with random faults"), async row =>
        {
            await using var postgres = await PrivatePostgres.StartAsync(durable: true);
            var connection = await postgres.CreateDatabaseAsync();
            using var data = await DemoData.CreateAsync(connection);
            var (ledger, random) = (new Ledger(), new Random(Seed));
            using var load = new KioskLoad(data, ledger, 200, "soak");
            var server = await data.StartAsync("serve");
            load.Point(server.Url);
            var running = load.RunAsync();
            var (end, faults, samples) = (Minutes * 60, new SortedDictionary<string, int>(StringComparer.Ordinal), new List<(double At, double MegaBytes, int Handles)>());

            // The process that is measured at the end is started in the first third; the other faults go on until shortly before the end.
            while (load.Now < end)
            {
                var pause = load.Now + random.Next(10, 31);
                while (load.Now < Math.Min(pause, end))
                {
                    samples.Add((load.Now, ProcessFigures.ResidentMegaBytes(server.Id), ProcessFigures.Handles(server.Id)));
                    await Task.Delay(TimeSpan.FromSeconds(1), Wait.Clock);
                }

                if (load.Now > end * 0.9)
                    continue;
                var fault = random.Next(load.Now < end / 3 ? 4 : 3);
                faults[Names[fault]] = faults.GetValueOrDefault(Names[fault]) + 1;
                switch (fault)
                {
                    case 0:
                        await postgres.KillAsync();
                        await postgres.RestartAsync();
                        break;
                    case 1:
                        postgres.Pause();
                        await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
                        postgres.Resume();
                        break;
                    case 2:
                        _ = Signals.Send(server.Id, Stop);
                        await Task.Delay(TimeSpan.FromSeconds(5), Wait.Clock);
                        _ = Signals.Send(server.Id, Continue);
                        break;
                    default:
                        await server.KillAsync();
                        await server.DisposeAsync();
                        server = await data.StartAsync("serve");
                        load.Point(server.Url);
                        samples.Clear();
                        break;
                }
            }

            load.Enough();
            await running;
            // A third of what is left is warming up; then the first tenth is held against the last.
            var warm = samples.Where(one => one.At > samples[0].At + ((end - samples[0].At) / 3)).ToList();
            var tenth = Math.Max(1, warm.Count / 10);
            var growth = (Median(warm.TakeLast(tenth).Select(one => one.MegaBytes)) / Median(warm.Take(tenth).Select(one => one.MegaBytes)) * 100) - 100;
            // After every fault the clients open hundreds of connections, which they let go when they are quiet: the least is what stays.
            var handles = warm.TakeLast(tenth).Min(one => one.Handles) - warm.Take(tenth).Min(one => one.Handles);
            row.Say("faults", string.Join(", ", faults.Select(one => $"{one.Key} {one.Value}")));
            row.Measure("memory growth after warm-up", growth, "%");
            row.Measure("more handles", handles);
            load.Figures.Tell(row);
            await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
            await server.DisposeAsync();
            Assert.True(growth <= 5, $"Memory grew by {growth:0.0} %.");
            Assert.True(handles <= 20, $"{handles} more handles are open.");
        });

    private static readonly string[] Names = ["PostgreSQL killed", "PostgreSQL stopped 5 s", "server stopped 5 s", "server killed"];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>A test of hours, run by name only.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SoakFactAttribute : FactAttribute
    {
        public SoakFactAttribute()
        {
            if (Minutes <= 0)
                Skip = "It takes hours: ./test soak runs it, for FEEDBACK_SOAK_MINUTES.";
        }
    }
}
