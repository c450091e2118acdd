using System.Diagnostics.Metrics;

namespace Feedback.Api;

/// <summary>How long drawing a chart takes, by its name and format; charts that come from a cache are not drawn.</summary>
public sealed class ChartMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Charts";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5] };

    private readonly Histogram<double> _seconds;
    private readonly TimeProvider _clock;

    /// <summary>Makes the meter.</summary>
    public ChartMeter(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _seconds = meters.Create(Name).CreateHistogram("feedback.chart.duration", "s", "Time to draw a chart.", tags: null, Seconds);
    }

    /// <summary>Draws, and takes the time when somebody wants to know it.</summary>
    /// <param name="chart">The chart's name: one of a few, never a node's.</param>
    /// <param name="format">png, svg or csv.</param>
    /// <param name="draw">Draws it.</param>
    public T Time<T>(string chart, string format, Func<T> draw)
    {
        if (!_seconds.Enabled)
            return draw();
        var begun = _clock.GetTimestamp();
        var drawn = draw();
        _seconds.Record(
            _clock.GetElapsedTime(begun).TotalSeconds,
            new KeyValuePair<string, object?>("feedback.chart.name", chart),
            new KeyValuePair<string, object?>("feedback.chart.format", format));
        return drawn;
    }
}
