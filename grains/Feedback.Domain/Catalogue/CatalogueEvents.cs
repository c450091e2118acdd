using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Catalogue;

/// <summary>One thing that a form asks about, such as attitude (服务态度).</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Zh">The Chinese label.</param>
/// <param name="En">The English label.</param>
public sealed record Dimension(string Code, string Zh, string En);

/// <summary>The dimensions that forms ask about from now on; the event's version in its stream is the scheme's version.</summary>
public sealed record SchemeDefined : JournalEvent
{
    /// <summary>The dimensions in the order of the form.</summary>
    public required ImmutableArray<Dimension> Dimensions { get; init; }
}

/// <summary>A service item (事项) was defined or redefined.</summary>
public sealed record ServiceItemDefined : JournalEvent
{
    /// <summary>The stable code.</summary>
    public required string Code { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Zh { get; init; }

    /// <summary>The English name.</summary>
    public required string En { get; init; }

    /// <summary>Whether its matters are put to the citizen for rating.</summary>
    public bool Rateable { get; init; } = true;
}

/// <summary>A reason that a form offers was defined or redefined.</summary>
public sealed record ReasonDefined : JournalEvent
{
    /// <summary>The stable code.</summary>
    public required string Code { get; init; }

    /// <summary>The Chinese wording.</summary>
    public required string Zh { get; init; }

    /// <summary>The English wording.</summary>
    public required string En { get; init; }
}

/// <summary>A member of staff was registered; the name is personal text and lies apart.</summary>
public sealed record StaffRegistered : JournalEvent
{
    /// <summary>The staff code, such as a badge number.</summary>
    public required string Code { get; init; }

    /// <summary>Where the name is kept.</summary>
    public required PersonalReference Name { get; init; }
}
