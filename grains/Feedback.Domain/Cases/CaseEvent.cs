using Feedback.Domain.Journal;

namespace Feedback.Domain.Cases;

/// <summary>When something happened to a case, and through whom.</summary>
/// <param name="At">Milliseconds UTC.</param>
/// <param name="Day">The local day of that at the case's node, fixed when the event is made; flows count on it.</param>
/// <param name="By">Who did it, as the audit trail names them: <c>account:li</c>, <c>citizen</c>, <c>city</c>, <c>system</c>.</param>
public readonly record struct CaseStamp(long At, DateOnly Day, string By);

/// <summary>A fact in the stream of a case. Personal text is never inside, only references to it.</summary>
public abstract record CaseEvent : JournalEvent
{
    /// <summary>When, and through whom.</summary>
    public required CaseStamp Stamp { get; init; }
}
