using System.Globalization;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;
using Feedback.TestSupport.Running;

namespace Feedback.Benchmarks.Measures;

/// <summary>
/// What an evaluation costs a cluster of three silos, against a cluster of one: processor time of all silo processes under the same rates
/// of single pushes, on one PostgreSQL server. Three silos are measured twice: each office pushing to the silo of its site, as the
/// operator's guide sets them up, and every window pushing to any silo, as behind a load balancer. All take turns within one run.
/// </summary>
internal static class ClusterCost
{
    public const string Description = "Processor time per evaluation of three silos, against one, on PostgreSQL.";
    private const int Connections = 96;
    private const int Rounds = 3;
    private const int LeastWarmUps = 5;
    private const int MostWarmUps = 25;

    // While compiling is more than this share of what a cluster does, its silos have not settled.
    private const double Settled = 0.02;
    private static readonly int[] Rates = [500, 2000];

    public static async Task MeasureAsync(Settings settings)
    {
        if (!settings.Databases.Contains(true))
            return;
        await using var postgres = await PrivatePostgres.StartAsync(durable: true);
        await using var one = await Side.OpenAsync("one", postgres, [null], settings.Clock);
        await using var offices = await Side.OpenAsync("three, each office to its own", postgres, ["hall-1", "hall-2", "hall-3"], settings.Clock);
        await using var spread = await Side.OpenAsync("three, every window to any", postgres, [null, null, null], settings.Clock);
        Side[] sides = [one, offices, spread];

        // A silo goes on compiling what is used often for minutes on a machine that seven share: three would pay for that three times.
        for (var turn = 0; turn < MostWarmUps; turn++)
        {
            var costs = new Cost();
            foreach (var side in sides)
                costs.Add(await side.RunAsync(Rates.Max(), settings.Phase * 2));
            if (turn >= LeastWarmUps && costs.Compiling < Settled)
                break;
        }

        var table = new MarkdownTable("silos", "rate", "evaluations", "processor time per evaluation", "of that compiling, at least", "against one (goal)");
        foreach (var rate in Rates)
        {
            var costs = sides.ToDictionary(side => side, _ => new Cost());
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var side in sides)
                    costs[side].Add(await side.RunAsync(rate, settings.Phase * 2));
            }

            foreach (var side in sides)
            {
                table.Add(
                    side.Name, MarkdownTable.Count(rate) + "/s", MarkdownTable.Count(costs[side].Events), MarkdownTable.Count(costs[side].PerEvent.TotalMicroseconds) + " µs",
                    costs[side].Compiling.ToString("P1", CultureInfo.InvariantCulture),
                    side == one ? "–" : $"**{MarkdownTable.Decimal(costs[side].PerEvent / costs[one].PerEvent)}** (≤ 1.5)");
            }
        }

        table.Print(
            "A cluster",
            string.Create(CultureInfo.InvariantCulture, $"Single pushes over {Connections} connections; the processor time of all silo processes, what they do by themselves included, in {Rounds} turns of {2 * settings.Phase.TotalSeconds:0} s each."));
    }

    /// <summary>What some evaluations cost.</summary>
    private sealed class Cost
    {
        private TimeSpan _time;
        private TimeSpan _compiling;

        public long Events { get; private set; }

        public TimeSpan PerEvent => _time / Math.Max(1, Events);

        // 0 to 1.
        public double Compiling => _time > TimeSpan.Zero ? Math.Max(0, _compiling / _time) : 0;

        public void Add((long Events, TimeSpan Time, TimeSpan Compiling) turn) =>
            (Events, _time, _compiling) = (Events + turn.Events, _time + turn.Time, _compiling + turn.Compiling);
    }

    /// <summary>One cluster, and who pushes where.</summary>
    private sealed class Side(string name, SiloCluster cluster, IReadOnlyList<(HttpConnection[] Connections, BenchAccess Access)> streams, TimeProvider clock) : IAsyncDisposable
    {
        public string Name => name;

        /// <param name="name">How it is called in the table.</param>
        /// <param name="postgres">The database server.</param>
        /// <param name="halls">One per silo: the hall that is its site and pushes to it; null where any window pushes to it.</param>
        /// <param name="clock">The clock.</param>
        public static async Task<Side> OpenAsync(string name, PrivatePostgres postgres, IReadOnlyList<string?> halls, TimeProvider clock)
        {
            var cluster = await SiloCluster.PrepareAsync(postgres);
            foreach (var hall in halls)
                cluster.Add(null, hall is null ? [] : ["--site", $"qinghe/{hall}"]).Start();
            await cluster.AllServeAsync();
            var streams = new List<(HttpConnection[], BenchAccess)>();
            foreach (var (silo, hall) in cluster.Silos.Zip(halls))
            {
                using var client = new DemoClient(cluster.Data, silo.Place.Url);
                var windows = hall is null ? cluster.Data.Windows : await client.WindowsAsync($"/{hall}/");
                var access = new BenchAccess(silo.Place.Url.ToString(), cluster.Data.DeviceKey, cluster.Data.ApiToken, cluster.Data.District, [[.. windows]]);
                streams.Add((await HttpConnection.OpenAsync(silo.Place.Url, Connections / halls.Count), access));
            }

            return new Side(name, cluster, streams, clock);
        }

        public async Task<(long Events, TimeSpan Time, TimeSpan Compiling)> RunAsync(int perSecond, TimeSpan duration)
        {
            // Made anew for each turn: what happened long ago would be looked for among what a window stored since.
            var books = streams.Select(stream => new Requests(stream.Access, clock).Single("/api/v1/evaluations")).ToList();
            var (before, compiling) = (ProcessorTime, Compiling);
            using var end = new CancellationTokenSource(duration, clock);
            var parts = await Task.WhenAll(streams.Zip(books, (stream, book) =>
                OpenLoop.RunAsync(stream.Connections, book, (double)perSecond / streams.Count, clock, end.Token)));
            return (parts.Sum(part => part.Events), ProcessorTime - before, Compiling - compiling);
        }

        public ValueTask DisposeAsync() => cluster.DisposeAsync();

        private TimeSpan Compiling => cluster.Silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + ProcessorTimes.OfCompilingBy(silo.Id));

        private TimeSpan ProcessorTime => cluster.Silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + silo.ProcessorTime);
    }
}
