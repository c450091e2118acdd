using System.Diagnostics.Metrics;

namespace Feedback.Storage.Journal;

/// <summary>What the journal tells about itself, under the meter <c>Feedback.Journal</c>.</summary>
internal sealed class JournalMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Journal";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly InstrumentAdvice<int> Powers = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };

    private readonly TimeProvider _clock;
    private readonly Histogram<int> _units;
    private readonly Histogram<double> _seconds;

    public JournalMetrics(IMeterFactory meters, TimeProvider clock, JournalQueue queue)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("feedback.journal.queue.length", () => queue.Length, "{unit}", "Units that wait for their transaction.");
        Conflicts = meter.CreateCounter<long>("feedback.journal.conflicts", "{unit}", "Units whose stream had moved on.");
        _units = meter.CreateHistogram("feedback.journal.commit.size", "{unit}", "Units stored by one transaction.", tags: null, Powers);
        _seconds = meter.CreateHistogram("feedback.journal.commit.duration", "s", "From the begin of a transaction to its commit, or to its failure.", tags: null, Seconds);
    }

    /// <summary>Units that lost their version to somebody else.</summary>
    public Counter<long> Conflicts { get; }

    /// <summary>The start of a transaction.</summary>
    public long Begin() => _clock.GetTimestamp();

    /// <summary>A transaction was committed.</summary>
    public void Committed(long begun, int units)
    {
        _units.Record(units);
        _seconds.Record(_clock.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>A transaction was not committed.</summary>
    public void Failed(long begun, Exception failure) => _seconds.Record(
        _clock.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("error.type", failure.GetType().FullName));
}
