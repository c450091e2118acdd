using Feedback.Domain.Organisation;

namespace Feedback.Grains.Audit;

/// <summary>The trail of who did what, and who was refused what: hash-chained like every stream, and read by the audit administrator only.</summary>
public interface IAudit
{
    /// <summary>
    /// Stores an entry durably before it returns. An act that must leave a trace is done only after this has succeeded: what
    /// cannot be audited does not happen.
    /// </summary>
    /// <exception cref="Journal.JournalBusyException">It cannot be stored now; the act must be refused, too.</exception>
    Task RecordAsync(AuditEntry entry);

    /// <summary>
    /// Notes a refusal without making anybody wait. Refusals of the same caller and act are counted together and stored within a
    /// minute: a flood of them is one entry with a count, never a flood of rows.
    /// </summary>
    void NoteRefusal(AuditEntry entry);
}

/// <summary>One thing that somebody did or was refused. Never holds personal text, keys or passwords.</summary>
/// <param name="Act">A stable word such as <c>key.revoked</c>, or for refusals the operation's name.</param>
/// <param name="Actor">Who: <c>account:NAME</c>, <c>token:k4</c>, <c>terminal:t3</c>, <c>verb</c> for the command line, <c>unknown</c> for nobody known.</param>
public sealed record AuditEntry(string Act, string Actor)
{
    /// <summary>What it was done to, such as <c>k4</c>, <c>account:NAME</c> or <c>n12#344</c>; null when it is about nothing in particular.</summary>
    public string? Target { get; init; }

    /// <summary>The node where it was done; null for the whole bureau.</summary>
    public NodeId? Node { get; init; }

    /// <summary>Why, as the actor said; for refusals the refusal's code. Null where no reason is asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>The IP address it came from; null for the command line.</summary>
    public string? Address { get; init; }

    /// <summary>True when it was refused.</summary>
    public bool Refused { get; init; }

    /// <summary>
    /// When it was done, milliseconds UTC; null for now. A time more than a day before the entry is stored stands in the reason
    /// instead: searches by time look a day behind each entry, and no further.
    /// </summary>
    public long? At { get; init; }
}
