using Microsoft.Extensions.Hosting;

namespace Feedback.Grains.Cluster;

/// <summary>Takes the processor's time of this process every 5 seconds.</summary>
public sealed class ProcessLoad(TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private readonly Lock _taking = new();
    private ITimer? _timer;
    private long _takenAt;
    private TimeSpan _taken;
    private double _share;

    /// <summary>The share of all processors that was used in the last full period, 0 to 1; 0 before the first.</summary>
    public double Share => Volatile.Read(ref _share);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (_takenAt, _taken) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
        _timer = clock.CreateTimer(_ => Take(), null, Period, Period);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Take()
    {
        lock (_taking)
        {
            var (now, used) = (clock.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var passed = clock.GetElapsedTime(_takenAt, now) * Environment.ProcessorCount;
            if (passed > TimeSpan.Zero)
                Volatile.Write(ref _share, Math.Clamp((used - _taken) / passed, 0, 1));
            (_takenAt, _taken) = (now, used);
        }
    }
}
