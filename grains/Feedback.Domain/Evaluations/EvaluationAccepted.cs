using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Evaluations;

/// <summary>An evaluation was stored at its window.</summary>
public sealed record EvaluationAccepted : JournalEvent
{
    /// <summary>What the client said.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>The matter it belongs to, as a keyed hash; null for ratings without a matter.</summary>
    public MatterReference? Matter { get; init; }

    /// <summary>Where the comment's text is kept, and its salted hash; null when there is none.</summary>
    public PersonalReference? Comment { get; init; }

    /// <summary>What the server added.</summary>
    public required Admission Admission { get; init; }
}
