using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;

namespace Feedback.Silo.Hosting;

/// <summary>Takes what verbs did to accounts over into the audit trail, every few seconds.</summary>
internal sealed class VerbActsTakeover(IVerbActs acts, IAudit audit, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<VerbActsTakeover> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A start that fails has nothing to say about this.
        if (!await IsStartedAsync(stoppingToken))
            return;
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await acts.HandOverAsync(audit.RecordAsync);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The notes stay where they are: nothing is lost by another try.
                Log.Failed(log, e);
            }
            catch (Exception)
            {
                // The end came in between.
                return;
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private async Task<bool> IsStartedAsync(CancellationToken stopping)
    {
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(() => begun.TrySetResult(true));
        using var stopped = stopping.Register(() => begun.TrySetResult(false));
        return await begun.Task;
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static class Log
    {
        private static readonly Action<ILogger, Exception?> TakeoverFailed =
            LoggerMessage.Define(LogLevel.Warning, new EventId(1), "What verbs did to accounts could not be taken over into the audit trail; another try follows.");

        public static void Failed(ILogger log, Exception e) => TakeoverFailed(log, e);
    }
}
