using Feedback.Grains.Journal;
using Microsoft.Extensions.Hosting;

namespace Feedback.Grains.Audit;

/// <summary>Stores the refusals that were counted, every minute and when the host stops.</summary>
/// <remarks>A process that is killed at once loses what it counted since: at most a minute of refusals, and never an act.</remarks>
internal sealed class RefusalFlush(AuditTrail trail, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly PeriodicTimer _timer = new(Period, clock);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = stoppingToken.Register(_timer.Dispose);
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
            await FlushAsync();
    }

    private async Task FlushAsync()
    {
        try
        {
            await trail.FlushAsync();
        }
        catch (Exception e) when (e is JournalBusyException or GenerationChangedException)
        {
            // They are counted on; the trail has told why.
        }
    }
}
