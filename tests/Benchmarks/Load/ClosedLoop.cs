using System.Diagnostics;

namespace Feedback.Benchmarks.Load;

/// <summary>As much load as the server takes: every connection sends its next request when it has its answer.</summary>
internal static class ClosedLoop
{
    /// <summary>Drives all connections for a time; what is answered after its end does not count.</summary>
    public static async Task<Throughput> RunAsync(HttpConnection[] connections, RequestBook book, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var parts = await Task.WhenAll(connections.Select(connection => DriveAsync(connection, book, InTime, InTime)));
        return Sum(parts, duration);

        bool InTime() => Stopwatch.GetElapsedTime(start) < duration;
    }

    /// <summary>Drives all connections until so many requests were answered.</summary>
    public static async Task<Throughput> RunAsync(HttpConnection[] connections, RequestBook book, long requests)
    {
        var start = Stopwatch.GetTimestamp();
        var parts = await Task.WhenAll(connections.Select(connection => DriveAsync(
            connection, book, () => Interlocked.Decrement(ref requests) >= 0, () => true)));
        return Sum(parts, Stopwatch.GetElapsedTime(start));
    }

    private static async Task<Throughput> DriveAsync(HttpConnection connection, RequestBook book, Func<bool> starts, Func<bool> counts)
    {
        var (buffer, latencies) = (new byte[2048], new Latencies());
        long requests = 0, events = 0, others = 0;
        while (starts())
        {
            var request = book.Next(ref buffer);
            var sent = Stopwatch.GetTimestamp();
            var answer = await connection.ExchangeAsync(request);
            if (!counts())
                break;
            latencies.Add(Stopwatch.GetElapsedTime(sent));
            var stored = answer.Stored;
            events += stored;
            if (stored > 0)
                requests++;
            else
                others++;
        }

        return new Throughput(requests, events, others, TimeSpan.Zero, latencies);
    }

    private static Throughput Sum(Throughput[] parts, TimeSpan elapsed)
    {
        var latencies = new Latencies();
        foreach (var part in parts)
            latencies.Add(part.Latencies);
        return new Throughput(parts.Sum(part => part.Requests), parts.Sum(part => part.Events), parts.Sum(part => part.Others), elapsed, latencies);
    }
}
