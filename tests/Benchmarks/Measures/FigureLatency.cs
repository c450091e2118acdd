using System.Diagnostics;
using Feedback.Benchmarks.Disk;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>
/// How long it takes until an evaluation is seen in the figure of the node above everything, at a fixed rate of load. A probe
/// comes by a channel that nobody else uses; it is seen when the figures show one more of them. First sent counts as
/// first seen.
/// </summary>
internal static class FigureLatency
{
    public const string Description = "From an evaluation to the district's figure, at 2,000 evaluations per second.";
    private const int EventsPerSecond = 2000;
    private const int Connections = 200;
    private const string Channel = "paper";
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(97);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable("database", "commit of the disk", "levels", "load", "p50", "p99 (goal)", "worst");
        foreach (var postgres in settings.Databases)
        {
            foreach (var levels in (int[])[3, 6])
            {
                await using var store = await Store.OpenAsync(postgres);
                await using var server = await store.StartServerAsync(levels);
                var commit = CommitTime.Measure(store.Folder);
                var (load, seen, lost) = await RunAsync(server, settings);
                var goal = levels == 3 ? "≤ 500 ms" : "≤ 1 s";
                table.Add(
                    store.Name, commit, $"{levels}", MarkdownTable.Count(load.EventsPerSecond) + "/s" + (load.Others > 0 ? $" ({load.Others} failed)" : ""),
                    MarkdownTable.Milliseconds(seen.Quantile(0.5)), $"**{MarkdownTable.Milliseconds(seen.Quantile(0.99))}** ({goal})",
                    MarkdownTable.Milliseconds(seen.Quantile(1)) + (lost > 0 ? $", {lost} never" : ""));
            }
        }

        table.Print(
            "From an evaluation to the figure above everything",
            $"Load: single evaluations over 1,000 windows; about {1 / BetweenProbes.TotalSeconds:0} probes per second for {settings.Phase.TotalSeconds * 5:0} s; "
                + $"the figures are asked for every {BetweenLooks.TotalMilliseconds:0} ms, which is part of the load.");
    }

    private static async Task<(Throughput Load, Latencies Seen, int Lost)> RunAsync(ServerProcess server, Settings settings)
    {
        var requests = new Requests(server.Access, settings.Clock);
        using var ending = new CancellationTokenSource();
        var load = OpenLoop.RunAsync(
            await HttpConnection.OpenAsync(server.Address, Connections), requests.Single("/api/v1/evaluations"), EventsPerSecond, settings.Clock, ending.Token);
        await Task.Delay(settings.Phase * 2, settings.Clock);
        var (seen, lost) = await ProbeAsync(server, requests, settings);
        await ending.CancelAsync();
        return (await load, seen, lost);
    }

    private static async Task<(Latencies Seen, int Lost)> ProbeAsync(ServerProcess server, Requests requests, Settings settings)
    {
        var lines = await HttpConnection.OpenAsync(server.Address, 2);
        var sent = new List<long>();
        var sending = SendAsync(lines[0], requests.OfChannel("/api/v1/evaluations", Channel), sent, settings);
        var (seen, count, figures) = (new Latencies(), 0, requests.Figures());
        for (var last = Stopwatch.GetTimestamp(); !sending.IsCompleted || (count < sent.Count && Stopwatch.GetElapsedTime(last) < Patience);)
        {
            var now = (await lines[1].ExchangeAsync(figures)).NumberAfter("\"paper\":"u8);
            for (; count < now; count++)
                seen.Add(Stopwatch.GetElapsedTime(sent[count]));
            if (!sending.IsCompleted)
                last = Stopwatch.GetTimestamp();
            await Task.Delay(BetweenLooks, settings.Clock);
        }

        await sending;
        return (seen, sent.Count - count);
    }

    private static async Task SendAsync(HttpConnection line, RequestBook probes, List<long> sent, Settings settings)
    {
        var buffer = new byte[2048];
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < settings.Phase * 5;)
        {
            var probe = probes.Next(ref buffer);
            // Noted before it is sent, so that it is there whenever it is seen.
            lock (sent)
                sent.Add(Stopwatch.GetTimestamp());
            if ((await line.ExchangeAsync(probe)).Stored != 1)
                throw new InvalidOperationException("A probe was not stored.");
            await Task.Delay(BetweenProbes, settings.Clock);
        }
    }
}
