using System.Globalization;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;
using Feedback.TestSupport;
using Feedback.TestSupport.Clusters;

namespace Feedback.Benchmarks.Measures;

/// <summary>
/// What an evaluation costs a cluster of three silos, against a cluster of one: processor time of all silo processes under the same rate
/// of single pushes, spread evenly over the silos, on one PostgreSQL server. Both take turns within one run.
/// </summary>
internal static class ClusterCost
{
    public const string Description = "Processor time per evaluation of three silos, against one, on PostgreSQL.";
    private const int Silos = 3;
    private const int Connections = 96;
    private const int PerSecond = 500;
    private const int Rounds = 3;

    public static async Task MeasureAsync(Settings settings)
    {
        if (!settings.Databases.Contains(true))
            return;
        await using var postgres = await PrivatePostgres.StartAsync(durable: true);
        await using var one = await Side.OpenAsync(postgres, 1, settings.Clock);
        await using var three = await Side.OpenAsync(postgres, Silos, settings.Clock);
        Side[] both = [one, three];
        foreach (var side in both)
            await side.WarmUpAsync(settings.Phase * 2);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var side in both)
                await side.RunAsync(settings.Phase * 2);
        }

        var table = new MarkdownTable("silos", "evaluations", "processor time per evaluation", "against one (goal)");
        foreach (var side in both)
        {
            table.Add(
                MarkdownTable.Count(side.Silos), MarkdownTable.Count(side.Events), MarkdownTable.Count(side.PerEvent.TotalMicroseconds) + " µs",
                side == one ? "–" : $"**{MarkdownTable.Decimal(side.PerEvent / one.PerEvent)}** (≤ 1.5)");
        }

        table.Print(
            "A cluster",
            string.Create(CultureInfo.InvariantCulture, $"Single pushes at {PerSecond}/s over {Connections} connections, spread evenly over the silos; the processor time of all silo processes, what they do by themselves included, in {Rounds} turns of {2 * settings.Phase.TotalSeconds:0} s each."));
    }

    /// <summary>One cluster, and its connections.</summary>
    private sealed class Side(SiloCluster cluster, HttpConnection[] connections, RequestBook book, TimeProvider clock) : IAsyncDisposable
    {
        private TimeSpan _processorTime;

        public int Silos => cluster.Silos.Count;

        public long Events { get; private set; }

        public TimeSpan PerEvent => _processorTime / Math.Max(1, Events);

        public static async Task<Side> OpenAsync(PrivatePostgres postgres, int silos, TimeProvider clock)
        {
            var cluster = await SiloCluster.PrepareAsync(postgres);
            for (var n = 0; n < silos; n++)
                cluster.Add().Start();
            await cluster.AllServeAsync();
            var data = cluster.Data;
            var access = new BenchAccess(cluster.Urls[0].ToString(), data.DeviceKey, data.ApiToken, data.District, [[.. data.Windows]]);
            var connections = await Task.WhenAll(cluster.Urls.Select(url => HttpConnection.OpenAsync(url, Connections / silos)));
            return new Side(cluster, [.. connections.SelectMany(some => some)], new Requests(access, clock).Single("/api/v1/evaluations"), clock);
        }

        public async Task WarmUpAsync(TimeSpan duration)
        {
            using var end = new CancellationTokenSource(duration, clock);
            await OpenLoop.RunAsync(connections, book, PerSecond, clock, end.Token);
        }

        public async Task RunAsync(TimeSpan duration)
        {
            var before = ProcessorTime;
            using var end = new CancellationTokenSource(duration, clock);
            Events += (await OpenLoop.RunAsync(connections, book, PerSecond, clock, end.Token)).Events;
            _processorTime += ProcessorTime - before;
        }

        public ValueTask DisposeAsync() => cluster.DisposeAsync();

        private TimeSpan ProcessorTime => cluster.Silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + silo.ProcessorTime);
    }
}
