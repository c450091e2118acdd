using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.ServiceMatters;

/// <summary>When something happened to a matter, and through whom.</summary>
/// <param name="At">Milliseconds UTC.</param>
/// <param name="Day">The local day of that at the matter's node, fixed when the event is made; figures count on it.</param>
/// <param name="By">Who did it, as the audit trail names them: <c>account:li</c>, <c>token:k4</c>, <c>system</c>.</param>
public readonly record struct MatterStamp(long At, DateOnly Day, string By);

/// <summary>A fact in the stream of a service matter. Personal text is never inside.</summary>
public abstract record MatterEvent : JournalEvent
{
    /// <summary>When, and through whom.</summary>
    public required MatterStamp Stamp { get; init; }
}

/// <summary>受理: the office took the matter and told everything that is missing, at once.</summary>
public sealed record MatterAccepted : MatterEvent
{
    /// <summary>The node that takes it.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The service item's code.</summary>
    public required string Item { get; init; }

    /// <summary>The keyed hash of the matter's number, as finished matters have it; the number itself is not kept.</summary>
    public required Opaque Number { get; init; }

    /// <summary>Whether it was applied for online, without a visit.</summary>
    public bool Online { get; init; }

    /// <summary>What the notice tells is missing, in its order.</summary>
    public ImmutableArray<MissingDocument> Missing { get; init; } = [];

    /// <summary>How long it may take; null where nothing was promised.</summary>
    public string? Limit { get; init; }

    /// <summary>The version of the catalogue then: conditions, basis, procedure, rights and duties are told as they were published in it.</summary>
    public required long Catalogue { get; init; }
}

/// <summary>补正: documents were handed in as the law provides for it.</summary>
public sealed record MatterSupplemented : MatterEvent
{
    /// <summary>Codes of the documents.</summary>
    public required ImmutableArray<string> Documents { get; init; }
}

/// <summary>The applicant came once more.</summary>
public sealed record MatterVisited : MatterEvent
{
    /// <summary>Codes of the documents that they handed in.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];

    /// <summary>What was asked for.</summary>
    public ImmutableArray<AskedDocument> Asked { get; init; } = [];

    /// <summary>Whether it was only to hand in documents that the notice had listed, after the second visit: no visit of the two-visit rule.</summary>
    public bool Lawful { get; init; }
}

/// <summary>办结: the matter has its result.</summary>
public sealed record MatterCompleted : MatterEvent
{
    /// <summary>The result's code, such as <c>granted</c>.</summary>
    public required string Result { get; init; }

    /// <summary>How many visits it took, as the two-visit rule counts them.</summary>
    public required int Visits { get; init; }

    /// <summary>The deadline then, milliseconds UTC; null where there was none.</summary>
    public long? Deadline { get; init; }
}

/// <summary>The applicant took the matter back.</summary>
public sealed record MatterWithdrawn : MatterEvent
{
    /// <summary>Why: a code; no personal text.</summary>
    public required string Reason { get; init; }
}

/// <summary>Somebody will have to answer for something.</summary>
public sealed record MatterAccountable : MatterEvent
{
    /// <summary>For what: a word of <see cref="MatterRules"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>Codes of the documents that were asked for too late; empty for the rest.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];

    /// <summary>The deadline that passed, milliseconds UTC; null for the rest.</summary>
    public long? Deadline { get; init; }
}
