using Feedback.Domain.Journal;

namespace Feedback.Domain.Supervision;

/// <summary>Somebody was told who a citizen is or how to reach them. Stored before they were; never holds what they were told.</summary>
public abstract record SupervisionEvent : JournalEvent
{
    /// <summary>Who was told, as the audit trail names them: <c>account:NAME</c>.</summary>
    public required string By { get; init; }

    /// <summary>Why, as they said, without numbers and addresses of persons.</summary>
    public required string Reason { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}
