using Feedback.Domain.Time;
using Feedback.Grains.Windows;

namespace Feedback.Seeds.Demo;

/// <summary>The people at the windows of the demo district.</summary>
public static class DemoStaff
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Signs everybody in at their windows as of the beginning of today, so that evaluations are attributed. Another start on the
    /// same day appends nothing.
    /// </summary>
    /// <param name="grains">The windows.</param>
    /// <param name="site">The demo district.</param>
    /// <param name="clock">Measures the pause before another try.</param>
    /// <param name="cancellation">Stops trying.</param>
    /// <returns>How many windows are staffed; the others could not be reached.</returns>
    public static async Task<int> SignInAsync(IGrainFactory grains, DemoSite site, TimeProvider clock, CancellationToken cancellation = default)
    {
        var zone = HallZone.Get(DemoPlan.Zone);
        var today = zone.StartOf(zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day);
        var staffed = await Task.WhenAll(site.Windows.Select(window => SignInAsync(grains, window, today, clock, cancellation)));
        return staffed.Count(done => done);
    }

    private static async Task<bool> SignInAsync(IGrainFactory grains, DemoWindow window, long at, TimeProvider clock, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await grains.GetGrain<IWindowGrain>(window.Id.Value).SetStaff(window.Staff, at);
            if (outcome.Refusal is null)
                return true;
            if (!outcome.Refusal.Retryable || attempt == Tries)
                return false;
            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
