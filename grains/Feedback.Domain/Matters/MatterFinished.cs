using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Matters;

/// <summary>A matter was finished at a window: the denominator of the response rate.</summary>
public sealed record MatterFinished : JournalEvent
{
    /// <summary>Who numbers the matters; the terminal when the client named nobody.</summary>
    public required string Source { get; init; }

    /// <summary>The matter.</summary>
    public required MatterReference Matter { get; init; }

    /// <summary>The service item's code as the client wrote it.</summary>
    public string? ServiceItem { get; init; }

    /// <summary>The staff member whom the client claims finished it.</summary>
    public string? Staff { get; init; }

    /// <summary>The business system's time.</summary>
    public required Moment FinishedAt { get; init; }

    /// <summary>False for service items that nobody is asked to rate; they count in no denominator.</summary>
    public required bool Rateable { get; init; }

    /// <summary>What the server added.</summary>
    public required Admission Admission { get; init; }
}
