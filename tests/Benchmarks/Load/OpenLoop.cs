using System.Diagnostics;

namespace Feedback.Benchmarks.Load;

/// <summary>A fixed rate of load: every connection sends at its own fixed times, however quickly it is answered.</summary>
internal static class OpenLoop
{
    /// <summary>Sends at a rate until cancelled.</summary>
    /// <param name="connections">The connections; they take turns, evenly apart.</param>
    /// <param name="book">The requests.</param>
    /// <param name="perSecond">Requests per second over all connections.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Throughput> RunAsync(
        HttpConnection[] connections, RequestBook book, double perSecond, TimeProvider clock, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var period = TimeSpan.FromSeconds(connections.Length / perSecond);
        var parts = await Task.WhenAll(connections.Select((connection, i) => DriveAsync(
            connection, book, start, period * ((double)i / connections.Length), period, clock, cancellation)));
        return new Throughput(
            parts.Sum(part => part.Requests), parts.Sum(part => part.Events), parts.Sum(part => part.Others),
            Stopwatch.GetElapsedTime(start), new Latencies());
    }

    private static async Task<Throughput> DriveAsync(
        HttpConnection connection, RequestBook book, long start, TimeSpan due, TimeSpan period, TimeProvider clock, CancellationToken cancellation)
    {
        var buffer = new byte[2048];
        long requests = 0, events = 0, others = 0;
        while (!cancellation.IsCancellationRequested)
        {
            if (due - Stopwatch.GetElapsedTime(start) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, CancellationToken.None);
            due += period;
            var stored = (await connection.ExchangeAsync(book.Next(ref buffer))).Stored;
            events += stored;
            if (stored > 0)
                requests++;
            else
                others++;
        }

        return new Throughput(requests, events, others, TimeSpan.Zero, new Latencies());
    }
}
