using System.Diagnostics.Metrics;
using Feedback.Domain.Platform;

namespace Feedback.Grains.Platform;

/// <summary>What is reported to a higher platform, under the meter <c>Feedback.Platform</c>. What waits is told by the silo that sends.</summary>
internal sealed class PlatformMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Platform";

    private readonly Counter<long> _items, _requests;
    private readonly Histogram<double> _lag;
    private long _waiting, _different, _failingSince;

    public PlatformMetrics(IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create(MeterName);
        _items = meter.CreateCounter<long>("feedback.platform.items", "{item}", "Items by what they are, and whether the platform took them.");
        _requests = meter.CreateCounter<long>("feedback.platform.requests", "{request}", "Requests to the platform by what became of them.");
        _lag = meter.CreateHistogram<double>("feedback.platform.lag", "s", "From when a batch was planned until the platform had taken it.");
        meter.CreateObservableUpDownCounter("feedback.platform.waiting", () => Volatile.Read(ref _waiting), "{event}", "Events of windows that are not reported yet, as the silo that sends saw last; 0 on the others.");
        meter.CreateObservableGauge(
            "feedback.platform.failing", () => Volatile.Read(ref _failingSince) is > 0 and var since ? (clock.GetUtcNow().ToUnixTimeMilliseconds() - since) / 1000.0 : 0, "s",
            "For how long the platform has taken nothing of what was sent; 0 while all is well.");
        meter.CreateObservableGauge("feedback.platform.days.different", () => Volatile.Read(ref _different), "{day}", "Days of the last 14 of which the platform has another count, as the silo that sends saw last.");
    }

    /// <summary>Items of a batch that ended.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="outcome"><c>sent</c> or <c>rejected</c>.</param>
    /// <param name="items">How many.</param>
    public void Items(PlatformKind kind, string outcome, long items) =>
        _items.Add(items, new KeyValuePair<string, object?>("feedback.platform.kind", kind.Word()), new KeyValuePair<string, object?>("feedback.platform.outcome", outcome));

    /// <summary>A request ended.</summary>
    /// <param name="outcome"><c>taken</c>, <c>refused</c> where items were named, or <c>failed</c>.</param>
    public void Request(string outcome) => _requests.Add(1, new KeyValuePair<string, object?>("feedback.platform.outcome", outcome));

    /// <summary>A batch ended.</summary>
    public void Took(TimeSpan lag) => _lag.Record(lag.TotalSeconds);

    /// <summary>What waits.</summary>
    public void Waits(long events) => Volatile.Write(ref _waiting, events);

    /// <summary>Since when the platform takes nothing, milliseconds UTC; null while all is well.</summary>
    public void Fails(long? since) => Volatile.Write(ref _failingSince, since ?? 0);

    /// <summary>How many days differ.</summary>
    public void Differ(long days) => Volatile.Write(ref _different, days);
}
