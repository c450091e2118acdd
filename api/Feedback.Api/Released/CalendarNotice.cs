using Feedback.Domain.Time;

namespace Feedback.Api.Released;

/// <summary>
/// Warns once when the calendar of holidays runs out: later holidays count as working days, on which windows and teams show
/// something new.
/// </summary>
public sealed partial class CalendarNotice(TimeProvider clock, ILogger<CalendarNotice> log) : BackgroundService
{
    // A start has other things to say.
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstLook, clock, stoppingToken);
            while (!WorkingDays.China.IsRunningOutOn(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
                await Task.Delay(LookEvery, clock, stoppingToken);
            RunningOut(log, WorkingDays.China.LastYear);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It ends with its host, also where that did not start.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Public holidays are known up to {Year} only; later ones count as working days. A newer release of Feedback knows more.")]
    private static partial void RunningOut(ILogger log, int year);
}
