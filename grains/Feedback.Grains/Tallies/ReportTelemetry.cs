using System.Diagnostics;
using System.Diagnostics.Metrics;
using Feedback.Domain.Organisation;
using Feedback.Grains.Telemetry;

namespace Feedback.Grains.Tallies;

/// <summary>What the reports up the tree tell about themselves.</summary>
internal sealed class ReportTelemetry
{
    /// <summary>The name of the meter and of the source.</summary>
    public const string Name = "Feedback.Tallies";

    private static readonly ActivitySource Source = new(Name);
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    private readonly Histogram<double> _lag;
    private readonly TimeProvider _clock;

    public ReportTelemetry(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _lag = meters.Create(Name).CreateHistogram(
            "feedback.report.lag", "s", "From a change of a node's figures until its parent has counted it.", tags: null, Seconds);
    }

    /// <summary>The span that brought a change, when its trace is recorded.</summary>
    public static Activity? Cause() => SharedSpan.Cause(Source);

    /// <summary>The moment of a change.</summary>
    public long Now() => _clock.GetTimestamp();

    /// <summary>How long ago a change happened.</summary>
    public TimeSpan Since(long change) => _clock.GetElapsedTime(change);

    /// <summary>The span of a call to a parent; null when none of what it tells is traced.</summary>
    public static Activity? Report(List<Activity>? causes, int children)
    {
        var span = SharedSpan.Start(Source, "tally report", ActivityKind.Internal, causes);
        span?.SetTag("feedback.report.children", children);
        return span;
    }

    /// <summary>A parent has counted changes, the oldest of which happened then.</summary>
    public void Counted(long oldest)
    {
        if (_lag.Enabled)
            _lag.Record(_clock.GetElapsedTime(oldest).TotalSeconds);
    }

    /// <summary>Notes on the span of the call at what level of the tree it counted.</summary>
    public static void NoteLevel(NodeKind kind) => Cause()?.SetTag("feedback.node.kind", kind.Word());
}
