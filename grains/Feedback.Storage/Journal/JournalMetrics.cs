using System.Diagnostics.Metrics;
using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal;

/// <summary>What the journal tells about itself, under the meter <c>Feedback.Journal</c>.</summary>
internal sealed class JournalMetrics : IJournalVitals
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Journal";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly InstrumentAdvice<int> Powers = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };

    private readonly TimeProvider _clock;
    private readonly JournalQueue _queue;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<int> _units;
    private readonly Histogram<double> _seconds;

    private readonly Lock _telling = new();
    private JournalVitals _told = JournalVitals.Fresh;

    public JournalMetrics(IMeterFactory meters, TimeProvider clock, JournalQueue queue)
    {
        (_clock, _queue) = (clock, queue);
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("feedback.journal.queue.length", () => queue.Length, "{unit}", "Units that wait for their transaction.");
        meter.CreateObservableUpDownCounter("feedback.journal.queue.limit", () => queue.Most, "{unit}", "Units that may wait; one more is refused.");
        meter.CreateObservableGauge("feedback.journal.oldest", () => queue.Oldest.TotalSeconds, "s", "How long the oldest append has been without an answer.");
        meter.CreateObservableGauge("feedback.journal.failing", FailingFor, "s", "How long no transaction has been committed although some were tried; 0 while they commit.");
        _conflicts = meter.CreateCounter<long>("feedback.journal.conflicts", "{unit}", "Units whose stream had moved on.");
        _units = meter.CreateHistogram("feedback.journal.commit.size", "{unit}", "Units stored by one transaction.", tags: null, Powers);
        _seconds = meter.CreateHistogram("feedback.journal.commit.duration", "s", "From the begin of a transaction to its commit, or to its failure.", tags: null, Seconds);
    }

    /// <inheritdoc/>
    public JournalVitals Read()
    {
        lock (_telling)
            return _told with { Waiting = _queue.Length, MostWaiting = _queue.Most, Oldest = _queue.Oldest };
    }

    /// <summary>So many units lost their version to somebody else.</summary>
    public void Conflicted(int units)
    {
        if (units == 0)
            return;
        _conflicts.Add(units);
        lock (_telling)
            _told = _told with { Conflicts = _told.Conflicts + units };
    }

    /// <summary>The start of a transaction.</summary>
    public long Begin() => _clock.GetTimestamp();

    /// <summary>A transaction was committed.</summary>
    public void Committed(long begun, int units)
    {
        var took = _clock.GetElapsedTime(begun);
        _units.Record(units);
        _seconds.Record(took.TotalSeconds);
        lock (_telling)
            _told = _told with { CommittedAt = _clock.GetUtcNow(), CommitTook = took, FailingSince = null, NeedsRestart = false };
    }

    /// <summary>A transaction was not committed.</summary>
    public void Failed(long begun, Exception failure)
    {
        _seconds.Record(_clock.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("error.type", failure.GetType().FullName));
        lock (_telling)
            _told = _told with { FailingSince = _told.FailingSince ?? _clock.GetUtcNow(), NeedsRestart = failure is GenerationChangedException or IOException };
    }

    private double FailingFor()
    {
        lock (_telling)
            return _told.FailingSince is { } since ? (_clock.GetUtcNow() - since).TotalSeconds : 0;
    }
}
