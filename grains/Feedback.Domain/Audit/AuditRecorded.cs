using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Audit;

/// <summary>
/// Somebody did something that must leave a trace, or was refused. Kept on <see cref="StreamName.Audit"/>, never deleted. The
/// address is personal data of staff and kept on purpose: without it nobody can tell a stolen password from its owner.
/// </summary>
public sealed record AuditRecorded : JournalEvent
{
    /// <summary>A stable word such as <c>key.revoked</c>, or for refusals the operation's name.</summary>
    public required string Act { get; init; }

    /// <summary>Who: <c>account:NAME</c>, <c>token:k4</c>, <c>terminal:t3</c>, <c>verb</c>, <c>unknown</c>, or <c>several</c> for refusals too many to tell apart.</summary>
    public required string Actor { get; init; }

    /// <summary>What it was done to; null when it is about nothing in particular.</summary>
    public string? Target { get; init; }

    /// <summary>The node where it was done; null for the whole bureau.</summary>
    public NodeId? Node { get; init; }

    /// <summary>Why, as the actor said; for refusals the refusal's code.</summary>
    public string? Reason { get; init; }

    /// <summary>The IP address it came from; null for the command line.</summary>
    public string? Address { get; init; }

    /// <summary>True when it was refused, and so not done.</summary>
    public bool Refused { get; init; }

    /// <summary>When, milliseconds UTC; of refusals that were counted together, the last one.</summary>
    public required long At { get; init; }

    /// <summary>How many there were, at least 1; more than 1 only for refusals that were counted together.</summary>
    public long Count { get; init; } = 1;

    /// <summary>When the first of those counted together was refused, milliseconds UTC; null for a single one.</summary>
    public long? FirstAt { get; init; }
}
