using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Cases;

/// <summary>A note of progress.</summary>
public sealed record CaseProgressed : CaseEvent
{
    /// <summary>The note; null for none.</summary>
    public PersonalReference? Note { get; init; }

    /// <summary>Whether the citizen was told; that is a first response.</summary>
    public bool Told { get; init; }
}

/// <summary>The office claims that the matter is done. Whether it is solved, the citizen says.</summary>
public sealed record CaseHandled : CaseEvent
{
    /// <summary>The result's code.</summary>
    public required string Result { get; init; }

    /// <summary>What was done; null for none.</summary>
    public PersonalReference? Note { get; init; }
}

/// <summary>A file was attached.</summary>
public sealed record CaseAttached : CaseEvent
{
    /// <summary>The row that keeps it, encrypted.</summary>
    public required Opaque File { get; init; }

    /// <summary>Its media type, as its bytes show it.</summary>
    public required string Type { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256(salt ‖ bytes), cut to 128 bits; the salt lies beside the file and dies with it.</summary>
    public required Opaque Hash { get; init; }
}

/// <summary>What looking into a bad rating found. Stored by its word.</summary>
public enum RatingFinding
{
    /// <summary>属实.</summary>
    True = 1,

    /// <summary>部分属实.</summary>
    Partly,

    /// <summary>不属实: it stays in the figures and needs no rectification; only an upheld appeal excludes it.</summary>
    Not,
}

/// <summary>A bad rating was looked into (核实).</summary>
public sealed record CaseVerified : CaseEvent
{
    /// <summary>What was found.</summary>
    public required RatingFinding Finding { get; init; }
}

/// <summary>The unit appealed against a bad rating (申诉).</summary>
public sealed record CaseAppealed : CaseEvent
{
    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }

    /// <summary>What the unit says; null for nothing more.</summary>
    public PersonalReference? Words { get; init; }
}

/// <summary>Supervision decided an appeal; without one before it, it excluded the rating by itself.</summary>
public sealed record CaseAppealDecided : CaseEvent
{
    /// <summary>Whether the rating is to be excluded.</summary>
    public required bool Upheld { get; init; }

    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }
}
