using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Personal;

/// <summary>Runs the retention ten minutes after the start, and from then on once a day.</summary>
public sealed partial class RetentionService(Retention retention, TimeProvider clock, ILogger<RetentionService> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = First;
        while (true)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                await retention.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                CouldNotErase(log, e);
            }

            wait = Period;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is older than it is to be kept could not all be erased now; it is tried again tomorrow.")]
    private static partial void CouldNotErase(ILogger log, Exception e);
}
