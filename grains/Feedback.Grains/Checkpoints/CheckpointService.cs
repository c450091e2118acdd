using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Checkpoints;

/// <summary>Makes a checkpoint every hour in which something happened, and one when everything else has stopped in good order.</summary>
public sealed partial class CheckpointService(CheckpointMaker maker, TimeProvider clock, ILogger<CheckpointService> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);
    private readonly PeriodicTimer _timer = new(TimeSpan.FromMinutes(1), clock);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything else has stopped, and only the journal's writer still runs; where the start failed before this one's turn, perhaps not even that.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => ExecuteTask is null ? Task.CompletedTask : MakeAsync(TimeSpan.Zero, cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = stoppingToken.Register(_timer.Dispose);
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
            await MakeAsync(Age, stoppingToken);
    }

    private async Task MakeAsync(TimeSpan age, CancellationToken cancellation)
    {
        try
        {
            await maker.MakeAsync(age, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // There is no time left; the next start makes one.
        }
        catch (Exception e)
        {
            CouldNotMake(log, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No checkpoint could be made, or its file could not be kept; it is tried again in a minute.")]
    private static partial void CouldNotMake(ILogger log, Exception e);
}
