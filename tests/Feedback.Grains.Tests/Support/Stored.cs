using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Tests.Support;

/// <summary>What the journal holds of a window, read past everything that is tested but the journal itself.</summary>
internal static class Stored
{
    /// <summary>The rows of a window's stream.</summary>
    public static Task<IReadOnlyList<JournalRow>> RowsAsync(this RunningSilo silo, NodeId window) =>
        silo.Get<IJournal>().ReadAsync(StreamName.Window(window), 0, int.MaxValue);

    /// <summary>The events of a window with their versions.</summary>
    public static async Task<IReadOnlyList<(long Version, JournalEvent Happened)>> EventsAsync(this RunningSilo silo, NodeId window) =>
        [.. (await silo.RowsAsync(window)).SelectMany(EventText.Read)];

    /// <summary>The ids of a window's evaluations, in the order in which they were stored.</summary>
    public static async Task<IReadOnlyList<string>> IdsAsync(this RunningSilo silo, NodeId window) =>
        [.. (await silo.EventsAsync(window)).Select(stored => stored.Happened).OfType<EvaluationAccepted>().Select(accepted => accepted.Evaluation.Id)];

    /// <summary>Sends a claim again and again, as a client does, until it is decided.</summary>
    public static async Task<ClaimResult> InsistAsync(this RunningSilo silo, Domain.Windows.WindowClaim claim)
    {
        ClaimResult result = default;
        await Until.HoldsAsync("the claim is decided", async () =>
        {
            result = (await silo.SubmitAsync(claim.Window, claim))[0];
            return !result.MayComeAgain;
        });
        return result;
    }
}
