using System.Diagnostics.Metrics;

namespace Feedback.Grains.Due;

/// <summary>What the work that waits for its time tells about itself, under the meter <c>Feedback.Due</c>. What waits is the same on every silo.</summary>
internal sealed class DueMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Due";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 3600] };

    private readonly Counter<long> _performed;
    private readonly Histogram<double> _lag;
    private long _waiting;
    private double _late;

    public DueMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("feedback.due.waiting", () => Volatile.Read(ref _waiting), "{command}", "Commands whose time has come; of each shard at most 1,000 are counted.");
        meter.CreateObservableGauge("feedback.due.late", () => Volatile.Read(ref _late), "s", "For how long the time of the oldest of them has come; 0 when there is none.");
        _performed = meter.CreateCounter<long>("feedback.due.performed", "{command}", "Commands performed, by their word and what became of them.");
        _lag = meter.CreateHistogram("feedback.due.lag", "s", "From the time of a command until it is begun for the first time.", tags: null, Seconds);
    }

    /// <summary>What waited at the last look.</summary>
    /// <param name="waiting">How many.</param>
    /// <param name="late">For how long the time of the oldest has come.</param>
    public void Saw(long waiting, TimeSpan late)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _late, late.TotalSeconds);
    }

    /// <summary>A command is begun for the first time.</summary>
    public void Began(string word, TimeSpan lag) => _lag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("feedback.due.command", word));

    /// <summary>A command was performed.</summary>
    /// <param name="word">Its word, of one that has a handler.</param>
    /// <param name="outcome"><c>done</c>, <c>again</c>, <c>failed</c> or <c>unknown</c>.</param>
    public void Performed(string word, string outcome) =>
        _performed.Add(1, new KeyValuePair<string, object?>("feedback.due.command", word), new KeyValuePair<string, object?>("feedback.due.outcome", outcome));
}
