using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Feedback.Grains.Platform;

/// <summary>Sends while there is something to send, compares once a day, and rests after a failure; nothing of it keeps anybody else waiting.</summary>
[HashBasedPlacement]
internal sealed partial class PlatformGrain(
    PlatformSettings settings, PlatformSender sender, PlatformComparison comparison, IPlatformStore store, PlatformMetrics metrics, TimeProvider clock, ILogger<PlatformGrain> log) : Grain, IPlatformGrain
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly PlatformPause _sending = new(), _comparing = new();
    private bool _running, _wanted;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task Wake()
    {
        if (!settings.IsOn)
        {
            // Other silos have the option and wake it; this one cannot send, and leaves all of it to them.
            if (_sending.Fail("the silo that is to send was started without --platform", Now))
                Failing(log, _sending.Reason!);
            metrics.Fails(_sending.Since);
            return Task.CompletedTask;
        }

        _wanted = true;
        if (!_running)
            _ = RunAsync();
        return Task.CompletedTask;
    }

    public Task<PlatformFare> Report() => Task.FromResult(new PlatformFare(_sending.Since, _sending.Reason, _sending.Until, _comparing.Reason));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _leaving.CancelAsync();

    private async Task RunAsync()
    {
        _running = true;
        try
        {
            // Whoever wakes it while it ends is not passed over.
            while (_wanted && !_leaving.IsCancellationRequested)
            {
                _wanted = false;
                await WorkAsync(_sending, sender.StepAsync);
                metrics.Fails(_sending.Since);
                metrics.Waits((await store.WaitingAsync(PlatformPlan.Windows, _leaving.Token)).Events);
                await WorkAsync(_comparing, comparison.StepAsync);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The next activation goes on.
        }
        catch (Exception e)
        {
            CouldNotLook(log, e);
        }
        finally
        {
            _running = false;
        }
    }

    private async Task WorkAsync(PlatformPause pause, Func<CancellationToken, Task<bool>> step)
    {
        if (pause.Rests(Now))
            return;
        try
        {
            while (await step(_leaving.Token))
                pause.Succeed();
            pause.Succeed();
        }
        catch (DeliveryException e)
        {
            if (pause.Fail(e.Message, Now))
                Failing(log, e.Message);
        }
        catch (JournalBusyException)
        {
            // Pushes go first; a moment later there is room again.
            pause.Fail("the journal is busy", Now);
        }
        catch (Exception e) when (!_leaving.IsCancellationRequested)
        {
            if (pause.Fail(e.GetType().Name, Now))
                CouldNotSend(log, e);
        }
    }

    [LoggerMessage(EventId = 7403, Level = LogLevel.Warning, Message = "The platform does not take what is reported, or does not tell its counts: {Reason}. It is tried again, with growing pauses, until it does.")]
    private static partial void Failing(ILogger log, string reason);

    [LoggerMessage(EventId = 7404, Level = LogLevel.Warning, Message = "What is to be reported could not be made ready; it is tried again, with growing pauses.")]
    private static partial void CouldNotSend(ILogger log, Exception e);

    [LoggerMessage(EventId = 7405, Level = LogLevel.Warning, Message = "It could not be seen what is to be reported; it is looked at again in a moment.")]
    private static partial void CouldNotLook(ILogger log, Exception e);
}
