using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>One endpoint under a closed loop of requests, in several turns.</summary>
internal sealed class Contestant(ServerProcess server, HttpConnection[] connections, RequestBook book)
{
    private readonly List<Throughput> _turns = [];
    private TimeSpan _processorTime;

    /// <summary>Events per second, median of the turns.</summary>
    public double EventsPerSecond => Median(_turns.Select(turn => turn.EventsPerSecond));

    /// <summary>The same as a table shows it, with the requests that failed, if any did.</summary>
    public string Rate => MarkdownTable.Count(EventsPerSecond) + "/s"
        + (_turns.Sum(turn => turn.Others) is > 0 and var others ? $" ({MarkdownTable.Count(others)} failed)" : "");

    /// <summary>Processor time that the server used per event: unlike a rate, it hardly suffers from what else the machine does.</summary>
    public string Processor => MarkdownTable.Count((_processorTime / Math.Max(1, _turns.Sum(turn => turn.Events))).TotalMicroseconds) + " µs";

    /// <summary>Median and 99th percentile of an answer's time.</summary>
    public string Times
    {
        get
        {
            var all = new Latencies();
            foreach (var turn in _turns)
                all.Add(turn.Latencies);
            return $"{MarkdownTable.Milliseconds(all.Quantile(0.5))} / {MarkdownTable.Milliseconds(all.Quantile(0.99))}";
        }
    }

    public static async Task<Contestant> OpenAsync(ServerProcess server, RequestBook book, int connections) =>
        new(server, await HttpConnection.OpenAsync(server.Address, connections), book);

    /// <summary>Load that does not count: code is compiled, windows wake up.</summary>
    public Task WarmUpAsync(TimeSpan duration) => ClosedLoop.RunAsync(connections, book, duration);

    /// <summary>One turn.</summary>
    public async Task RunAsync(TimeSpan duration)
    {
        var before = server.ProcessorTime;
        _turns.Add(await ClosedLoop.RunAsync(connections, book, duration));
        _processorTime += server.ProcessorTime - before;
    }

    /// <summary>How many times as fast as another, median over the rounds, so that what disturbs a whole round disturbs both.</summary>
    public string RatioTo(Contestant other) =>
        MarkdownTable.Decimal(Median(_turns.Zip(other._turns, (mine, theirs) => mine.EventsPerSecond / theirs.EventsPerSecond)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
