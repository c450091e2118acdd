using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Supervision;

/// <summary>Somebody was told who rated. Stored before they were; never holds what they were told.</summary>
public sealed record IdentityUnmasked : JournalEvent
{
    /// <summary>The reason of what was told to a person about themselves; shorter than any that may be given for an unmasking.</summary>
    public const string Export = "export";

    /// <summary>The window.</summary>
    public required NodeId Window { get; init; }

    /// <summary>The version of the evaluation in the window's stream.</summary>
    public required long Evaluation { get; init; }

    /// <summary>Who was told, as the audit trail names them: <c>account:NAME</c>.</summary>
    public required string By { get; init; }

    /// <summary>Why, as they said, without numbers and addresses of persons.</summary>
    public required string Reason { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}
