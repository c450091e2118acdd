namespace Feedback.Benchmarks.Load;

/// <summary>What a phase of load came to.</summary>
/// <param name="Requests">Requests answered as hoped.</param>
/// <param name="Events">Events stored, as the answers say.</param>
/// <param name="Others">Requests answered in any other way.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Latencies">How long single requests took.</param>
internal sealed record Throughput(long Requests, long Events, long Others, TimeSpan Elapsed, Latencies Latencies)
{
    public double EventsPerSecond => Events / Elapsed.TotalSeconds;
}
