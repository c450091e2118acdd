using System.Diagnostics.Metrics;

namespace Feedback.Storage.Journal;

/// <summary>What the journal tells about itself, under the meter <c>Feedback.Journal</c>.</summary>
internal sealed class JournalMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Journal";

    private readonly TimeProvider _clock;
    private readonly Histogram<int> _units;
    private readonly Histogram<double> _seconds;

    public JournalMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        Waiting = meter.CreateUpDownCounter<int>("feedback.journal.waiting", "{unit}", "Units that wait for their transaction");
        Conflicts = meter.CreateCounter<long>("feedback.journal.conflicts", "{unit}", "Units whose stream had moved on");
        _units = meter.CreateHistogram<int>("feedback.journal.commit.units", "{unit}", "Units stored by one transaction");
        _seconds = meter.CreateHistogram<double>("feedback.journal.commit.duration", "s", "From the begin of a transaction to its commit");
    }

    /// <summary>Units that wait for their transaction.</summary>
    public UpDownCounter<int> Waiting { get; }

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
}
