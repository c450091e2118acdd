using System.Diagnostics.Metrics;

namespace Feedback.Storage.Journal;

/// <summary>What the journal tells about itself, under the meter <c>Feedback.Journal</c>.</summary>
internal sealed class JournalMetrics(IMeterFactory meters, TimeProvider clock)
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Journal";

    private readonly Meter _meter = meters.Create(MeterName);
    private Histogram<int>? _units;
    private Histogram<double>? _seconds;
    private Counter<long>? _conflicts;
    private UpDownCounter<int>? _waiting;

    /// <summary>Units that wait for their transaction.</summary>
    public UpDownCounter<int> Waiting => _waiting ??= _meter.CreateUpDownCounter<int>("feedback.journal.waiting", "{unit}", "Units that wait for their transaction");

    /// <summary>Units that lost their version to somebody else.</summary>
    public Counter<long> Conflicts => _conflicts ??= _meter.CreateCounter<long>("feedback.journal.conflicts", "{unit}", "Units whose stream had moved on");

    private Histogram<int> Units => _units ??= _meter.CreateHistogram<int>("feedback.journal.commit.units", "{unit}", "Units stored by one transaction");

    private Histogram<double> Seconds => _seconds ??= _meter.CreateHistogram<double>("feedback.journal.commit.duration", "s", "From the begin of a transaction to its commit");

    /// <summary>The start of a transaction.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>A transaction was committed.</summary>
    public void Committed(long begun, int units)
    {
        Units.Record(units);
        Seconds.Record(clock.GetElapsedTime(begun).TotalSeconds);
    }
}
