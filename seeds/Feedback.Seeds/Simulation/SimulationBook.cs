using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Feedback.Seeds.Simulation;

/// <summary>What became of the events of a simulation so far; safe for many threads, and no larger after a year than at first.</summary>
internal sealed class SimulationBook
{
    private const int MostCodes = 100;
    private readonly ConcurrentDictionary<string, long> _refusedBy = new(StringComparer.Ordinal);
    private readonly Latencies _latencies = new();
    private long _accepted, _repeated, _refused, _unknown, _retries, _kept, _storedAgain, _knownAgain;
    private volatile string? _lastProblem;

    /// <summary>So many events are held back in windows that are offline.</summary>
    public void Keep(int events) => Interlocked.Add(ref _kept, events);

    public void Stored(long accepted, long repeated)
    {
        Interlocked.Add(ref _accepted, accepted);
        Interlocked.Add(ref _repeated, repeated);
    }

    /// <summary>Of what had been acknowledged before the database began another life, so much had to be stored again, and so much was still known.</summary>
    public void SentAgain(long accepted, long repeated)
    {
        Interlocked.Add(ref _storedAgain, accepted);
        Interlocked.Add(ref _knownAgain, repeated);
    }

    public void Refused(int events, string code, string words)
    {
        Interlocked.Add(ref _refused, events);
        // Whatever a server invents, the book stays small.
        _refusedBy.AddOrUpdate(_refusedBy.Count < MostCodes || _refusedBy.ContainsKey(code) ? code : "other", events, (_, known) => known + events);
        _lastProblem = words;
    }

    public void Unknown(int events) => Interlocked.Add(ref _unknown, events);

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Problem(string words) => _lastProblem = words;

    public void Answered(TimeSpan after) => _latencies.Add(after);

    public SimulationCounts Counts => new(
        Interlocked.Read(ref _accepted), Interlocked.Read(ref _repeated), Interlocked.Read(ref _refused),
        Interlocked.Read(ref _unknown), Interlocked.Read(ref _retries), _lastProblem)
    {
        RefusedBy = _refusedBy.ToImmutableSortedDictionary(StringComparer.Ordinal),
        Kept = Interlocked.Read(ref _kept),
        StoredAgain = Interlocked.Read(ref _storedAgain),
        KnownAgain = Interlocked.Read(ref _knownAgain),
        Latency = _latencies.Summary,
    };
}
