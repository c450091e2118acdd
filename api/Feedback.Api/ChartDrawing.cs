using System.Diagnostics.Metrics;

namespace Feedback.Api;

/// <summary>
/// Draws charts, each on a thread of its own and only as many at a time as there are processors, and tells how long
/// drawing took.
/// </summary>
public sealed class ChartDrawing : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Charts";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5] };

    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);
    private readonly Histogram<double> _seconds;
    private readonly TimeProvider _clock;

    /// <summary>Makes the meter.</summary>
    public ChartDrawing(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _seconds = meters.Create(Name).CreateHistogram("feedback.chart.duration", "s", "Time to draw a chart.", tags: null, Seconds);
    }

    /// <summary>Draws when it is its turn.</summary>
    /// <param name="chart">The chart's name: one of a few, never a node's.</param>
    /// <param name="format">png, svg or csv.</param>
    /// <param name="draw">Draws it.</param>
    /// <returns>The file.</returns>
    public async Task<byte[]> DrawAsync(string chart, string format, Func<byte[]> draw)
    {
        await _free.WaitAsync();
        try
        {
            // Not a thread of the pool: it has about as many as there are processors, and windows' pushes wait for them.
            return await Task.Factory.StartNew(() => Time(chart, format, draw), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    private byte[] Time(string chart, string format, Func<byte[]> draw)
    {
        var begun = _clock.GetTimestamp();
        var drawn = draw();
        _seconds.Record(
            _clock.GetElapsedTime(begun).TotalSeconds,
            new KeyValuePair<string, object?>("feedback.chart.name", chart),
            new KeyValuePair<string, object?>("feedback.chart.format", format));
        return drawn;
    }
}
