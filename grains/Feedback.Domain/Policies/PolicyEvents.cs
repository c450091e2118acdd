using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>A policy holds at a node and below it from a local day on, until the next one there or nearer does.</summary>
public sealed record PolicySet : JournalEvent
{
    /// <summary>The node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>What it is about: a word of <see cref="PolicySubjects"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>The first local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The document, as canonical JSON.</summary>
    public required string Text { get; init; }

    /// <summary>The account that set it; null for a verb.</summary>
    public string? By { get; init; }
}

/// <summary>The holidays of a year were announced, or corrected: the last word on a year counts.</summary>
public sealed record CalendarDefined : JournalEvent
{
    /// <summary>The year.</summary>
    public required CalendarYear Calendar { get; init; }
}
