using Feedback.Domain.Journal;

namespace Feedback.Domain.Windows;

/// <summary>A member of staff took the window over.</summary>
public sealed record StaffSignedIn : JournalEvent
{
    /// <summary>The staff code.</summary>
    public required string Staff { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>The member of staff left the window.</summary>
public sealed record StaffSignedOut : JournalEvent
{
    /// <summary>The staff code.</summary>
    public required string Staff { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A person decided that an evaluation no longer counts. It stays stored, and is shown apart.</summary>
public sealed record EvaluationExcluded : JournalEvent
{
    /// <summary>The version of the evaluation in this stream.</summary>
    public required long Evaluation { get; init; }

    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>An exclusion was lifted.</summary>
public sealed record EvaluationReinstated : JournalEvent
{
    /// <summary>The version of the evaluation in this stream.</summary>
    public required long Evaluation { get; init; }

    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>The key and the salt of personal text were destroyed; the text can never be read or guessed again.</summary>
public sealed record PersonalTextErased : JournalEvent
{
    /// <summary>The version of the event that points to the text.</summary>
    public required long Of { get; init; }

    /// <summary>The row that kept the text.</summary>
    public required Opaque Ref { get; init; }

    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}
