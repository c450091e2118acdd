using Feedback.Domain.Journal;

namespace Feedback.Domain.Organisation;

/// <summary>A node was opened. Its first parent, code and names hold for all the past, so that old data can be imported.</summary>
public sealed record NodeOpened : JournalEvent
{
    /// <summary>The new id.</summary>
    public required NodeId Node { get; init; }

    /// <summary>What the node is.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>The node above; null for a root.</summary>
    public NodeId? Parent { get; init; }

    /// <summary>One step of the path: lower-case letters, digits and hyphens, unique among siblings.</summary>
    public required string Code { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Zh { get; init; }

    /// <summary>The English name.</summary>
    public required string En { get; init; }

    /// <summary>The zone in the tz database. Never changes.</summary>
    public required string Zone { get; init; }

    /// <summary>Opening hours as people write them, such as <c>09:00-12:00,13:30-17:00</c>; null when not told.</summary>
    public string? OpeningHours { get; init; }
}

/// <summary>A node gets another parent from a coming local midnight on; counts earned before stay where they were.</summary>
public sealed record NodeMoved : JournalEvent
{
    /// <summary>The node that moves, with everything below it.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The new parent.</summary>
    public required NodeId Parent { get; init; }

    /// <summary>The first local day under the new parent.</summary>
    public required DateOnly From { get; init; }
}

/// <summary>A node gets another code or other names from a local day on, today at the earliest: no count depends on them.</summary>
public sealed record NodeRenamed : JournalEvent
{
    /// <summary>The node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The new code.</summary>
    public required string Code { get; init; }

    /// <summary>The new Chinese name.</summary>
    public required string Zh { get; init; }

    /// <summary>The new English name.</summary>
    public required string En { get; init; }

    /// <summary>The first local day on which they hold.</summary>
    public required DateOnly From { get; init; }
}
