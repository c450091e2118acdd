using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Windows;

/// <summary>What a window decided: events that are stored together with what they destroy, or why not.</summary>
/// <param name="Events">The events; none when nothing has to change, or it is refused.</param>
/// <param name="Erasure">What is destroyed in their transaction.</param>
/// <param name="Refusal">Why not; null when it is not refused.</param>
internal sealed record WindowDecision(IReadOnlyList<JournalEvent> Events, Erasure Erasure, Refusal? Refusal)
{
    /// <summary>At most one event, and nothing destroyed.</summary>
    public static WindowDecision Of(JournalEvent? happened, Refusal? refusal) => new(happened is null ? [] : [happened], Erasure.Nothing, refusal);

    /// <summary>Refused.</summary>
    public static WindowDecision Refuse(Refusal refusal) => Of(null, refusal);
}
