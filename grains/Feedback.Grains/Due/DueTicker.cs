using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Due;

/// <summary>
/// Looks once a second, with one probe of an index, which shards have something due, and wakes those. Every silo does: whichever
/// of them is left goes on.
/// </summary>
internal sealed partial class DueTicker(
    IDueQueue queue, IGrainFactory grains, DueMetrics metrics, IHostApplicationLifetime host, TimeProvider clock, ILogger<DueTicker> log) : BackgroundService
{
    private const int MostCounted = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, Task> _waking = [];
    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Grains can be called once everything has started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (host.ApplicationStarted.Register(started.SetResult))
        using (stoppingToken.Register(() => started.TrySetCanceled(stoppingToken)))
            await started.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var timer = new PeriodicTimer(Period, clock);
        using var stopping = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
            await TickAsync(stoppingToken);
    }

    private async Task TickAsync(CancellationToken stopping)
    {
        try
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var due = await queue.ShardsAsync(now, stopping);
            foreach (var (shard, _) in due)
                Wake(shard);
            long waiting = 0;
            foreach (var (shard, _) in due)
                waiting += await queue.CountAsync(shard, now, MostCounted, stopping);
            metrics.Saw(waiting, due.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(now - due.Min(one => one.Since)));
            _failing = false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
        catch (Exception e)
        {
            // Told once, and not every second while the database is away.
            if (!_failing)
                CouldNotLook(log, e);
            _failing = true;
        }
    }

    // One shard that does not answer holds up no other.
    private void Wake(int shard)
    {
        if (!_waking.TryGetValue(shard, out var waking) || waking.IsCompleted)
            _waking[shard] = WakeAsync(shard);
    }

    private async Task WakeAsync(int shard)
    {
        try
        {
            await grains.GetGrain<IDueGrain>(string.Create(CultureInfo.InvariantCulture, $"{DueGrain.Prefix}{shard}")).Wake();
        }
        catch (Exception e)
        {
            if (!host.ApplicationStopping.IsCancellationRequested)
                CouldNotWake(log, shard, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be seen what is due; it is looked at every second.")]
    private static partial void CouldNotLook(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} of the work that is due could not be woken; it is tried again in a second.")]
    private static partial void CouldNotWake(ILogger log, int shard, Exception e);
}
