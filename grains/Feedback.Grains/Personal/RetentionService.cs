using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Personal;

/// <summary>Runs the retention ten minutes after the start, and from then on once a day.</summary>
public sealed partial class RetentionService(Retention retention, TimeProvider clock, ILogger<RetentionService> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await retention.BeginAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The first run looks again.
            CouldNotErase(log, e);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = First;
        while (true)
        {
            try
            {
                await Task.Delay(wait, clock, stoppingToken);
                await retention.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // Also where the start failed: nobody need be told that this service ends with its host.
                return;
            }
            catch (ClockAheadException e)
            {
                ClockAhead(log, e.Message);
            }
            catch (Exception e)
            {
                CouldNotErase(log, e);
            }

            wait = Period;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing is erased for its age: {Why} If the clock is wrong, set it right and start again; if it is right, start again once something new has been stored.")]
    private static partial void ClockAhead(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is older than it is to be kept could not all be erased now; it is tried again tomorrow.")]
    private static partial void CouldNotErase(ILogger log, Exception e);
}
