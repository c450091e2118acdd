using System.Collections.Concurrent;
using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Cluster;
using Feedback.Grains.Windows;

namespace Feedback.Api.Intake;

/// <summary>
/// Calls of windows that may be moving to another silo: whatever the old place could not answer is asked of the new one, by the
/// same identities, for as long as a client waits. So a silo that goes costs its windows' clients some patience, and at most one
/// "come again".
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="watch">Hears of calls that failed.</param>
/// <param name="clock">The clock.</param>
public sealed class WindowCalls(IGrainFactory grains, ISiloWatch watch, TimeProvider clock)
{
    /// <summary>For how long a claim is tried: a client hears something within three seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    // Orleans finds out anew at every call what a grain's interface is named. Only ids of the organisation come here, so it stays small.
    private readonly ConcurrentDictionary<NodeId, IWindowGrain> _windows = new();

    /// <summary>Stores claims of one window; nothing is thrown.</summary>
    /// <param name="window">The window.</param>
    /// <param name="claims">The claims; at least one.</param>
    /// <param name="sender">Who sends them.</param>
    /// <returns>One result per claim, in their order; undecided where nobody knows what became of it.</returns>
    public async Task<ImmutableArray<ClaimResult>> SubmitAsync(NodeId window, ImmutableArray<WindowClaim> claims, Sender sender)
    {
        var (begun, results, pause) = (clock.GetTimestamp(), (ClaimResult[]?)null, FirstPause);
        while (true)
        {
            var open = results is null ? [.. Enumerable.Range(0, claims.Length)] : Open(results);
            var answers = await AskAsync(window, results is null ? claims : [.. open.Select(index => claims[index])], sender, Patience - clock.GetElapsedTime(begun));
            if (results is null && !answers.Any(IsOpen))
                return answers;
            results ??= new ClaimResult[claims.Length];
            for (var i = 0; i < open.Count; i++)
                results[open[i]] = answers[i];
            if (Open(results).Count == 0 || clock.GetElapsedTime(begun) + pause >= Patience)
                return [.. results];
            await Task.Delay(pause, clock);
            // A busy machine wakes us late: the client is answered then, and nobody is given less than no time.
            if (clock.GetElapsedTime(begun) >= Patience)
                return [.. results];
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<ImmutableArray<ClaimResult>> AskAsync(NodeId window, ImmutableArray<WindowClaim> claims, Sender sender, TimeSpan patience)
    {
        try
        {
            return await _windows.GetOrAdd(window, static (id, grains) => grains.GetGrain<IWindowGrain>(id.Value), grains)
                .Submit(new Submission(claims, sender)).WaitAsync(patience, clock);
        }
        catch (Exception e)
        {
            watch.Suspect();
            // Orleans says that the silo is gone, or the window is moving: it is elsewhere in a moment. Anything else: it did not answer in
            // time, or could not be activated. Nobody knows what became of the claims, so they may be sent again.
            return Answer(e is OrleansException ? ClaimStatus.Elsewhere : ClaimStatus.Undecided, claims.Length);
        }
    }

    private static bool IsOpen(ClaimResult result) => result.Status == ClaimStatus.Elsewhere;

    private static List<int> Open(ClaimResult[] results) => [.. Enumerable.Range(0, results.Length).Where(index => IsOpen(results[index]))];

    private static ImmutableArray<ClaimResult> Answer(ClaimStatus status, int count) => [.. Enumerable.Repeat(new ClaimResult(status), count)];
}
