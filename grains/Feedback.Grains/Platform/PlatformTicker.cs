using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Platform;

/// <summary>Wakes the sender every few seconds, where anything is reported. Every silo does: whichever is left goes on.</summary>
internal sealed partial class PlatformTicker(
    PlatformSettings settings, IGrainFactory grains, IHostApplicationLifetime host, TimeProvider clock, ILogger<PlatformTicker> log) : BackgroundService
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsOn)
            return;
        // Grains can be called once everything has started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (host.ApplicationStarted.Register(started.SetResult))
        using (stoppingToken.Register(() => started.TrySetCanceled(stoppingToken)))
            await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Period, clock);
        using var stopping = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
            await WakeAsync();
    }

    private async Task WakeAsync()
    {
        try
        {
            await grains.GetGrain<IPlatformGrain>(IPlatformGrain.Key).Wake();
            _failing = false;
        }
        catch (Exception e)
        {
            if (!_failing && !host.ApplicationStopping.IsCancellationRequested)
                CouldNotWake(log, e);
            _failing = true;
        }
    }

    [LoggerMessage(EventId = 7406, Level = LogLevel.Warning, Message = "Who reports to the platform could not be woken; it is tried again every few seconds.")]
    private static partial void CouldNotWake(ILogger log, Exception e);
}
