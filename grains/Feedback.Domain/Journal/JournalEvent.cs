namespace Feedback.Domain.Journal;

/// <summary>A fact that was stored and is never changed. Each kind is a record with a text of its own (<see cref="EventText"/>).</summary>
public abstract record JournalEvent
{
    /// <summary>128 random bits, so that nobody can test five possible grades against a digest.</summary>
    public required Opaque Salt { get; init; }
}

/// <summary>A reader met an event of a kind or version that it does not know. It must stop, never skip.</summary>
public sealed class UnknownKindException(string kind, long version)
    : Exception($"This release does not know events of kind '{kind}', version {version}. Upgrade it; nothing was skipped.");
