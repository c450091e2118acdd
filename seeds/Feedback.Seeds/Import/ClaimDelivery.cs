using Feedback.Domain.Windows;
using Feedback.Grains.Windows;

namespace Feedback.Seeds.Import;

/// <summary>A window did not take claims for so long that the sender gives up.</summary>
/// <remarks>The message has no full stop: whoever tells it says how to go on.</remarks>
internal sealed class WindowAwayException(string window, string why)
    : Exception($"Window {window} takes nothing at the moment ({why}). What was stored stays");

/// <summary>Brings claims to their windows until each has been answered for good.</summary>
/// <param name="grains">The windows.</param>
/// <param name="sender">In whose name.</param>
/// <param name="clock">Measures pauses between tries.</param>
internal sealed class ClaimDelivery(IGrainFactory grains, Sender sender, TimeProvider clock)
{
    private const int Tries = 12;
    private const int WindowsAtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Brings claims to their windows, several windows at once.</summary>
    /// <returns>One result per claim, in their order.</returns>
    /// <exception cref="WindowAwayException">A window stays away; what the others stored stays.</exception>
    public async Task<ClaimResult[]> DeliverAsync(IReadOnlyList<WindowClaim> claims, CancellationToken cancellation)
    {
        var results = new ClaimResult[claims.Count];
        var byWindow = Enumerable.Range(0, claims.Count).GroupBy(i => claims[i].Window);
        var options = new ParallelOptions { MaxDegreeOfParallelism = WindowsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(byWindow, options, async (group, stop) =>
        {
            var waiting = group.ToList();
            var window = grains.GetGrain<IWindowGrain>(group.Key.Value);
            for (var failed = 1; ; failed++)
            {
                var why = await SubmitAsync(window, waiting, claims, results);
                // A window that settles some of its claims is slow, not away: its tries begin anew.
                if (waiting.RemoveAll(i => !IsRetryable(results[i])) > 0)
                    failed = 1;
                if (waiting.Count == 0)
                    return;
                if (failed == Tries)
                    throw new WindowAwayException(group.Key.Value, why ?? results[waiting[0]].Refusal?.Code ?? "no answer");
                var pause = FirstPause * Math.Pow(2, failed - 1);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stop);
            }
        });
        return results;
    }

    private async Task<string?> SubmitAsync(IWindowGrain window, List<int> waiting, IReadOnlyList<WindowClaim> claims, ClaimResult[] results)
    {
        try
        {
            var answers = await window.Submit(new Submission([.. waiting.Select(i => claims[i])], sender));
            for (var i = 0; i < waiting.Count; i++)
                results[waiting[i]] = answers[i];
            return null;
        }
        catch (Exception e)
        {
            // Nobody knows what became of the claims. Their identities are stable: they may be sent again.
            foreach (var i in waiting)
                results[i] = new ClaimResult(ClaimStatus.Undecided);
            return e.Message;
        }
    }

    // A window that was opened a moment ago may be unknown where its grain runs until that silo has caught up.
    private static bool IsRetryable(ClaimResult result) =>
        result.MayComeAgain || result.Refusal is { Code: "window-unknown" };
}
