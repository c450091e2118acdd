using System.Collections.Immutable;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>The case was sent to a lead unit (主办) and assisting ones (协办). A transfer is the same once more; the owner stays answerable.</summary>
public sealed record CaseDispatched : CaseEvent
{
    /// <summary>The unit that is to sign for it.</summary>
    public required NodeId Lead { get; init; }

    /// <summary>Units that help, ascending.</summary>
    public ImmutableArray<NodeId> Assisting { get; init; } = [];

    /// <summary>Why; null where nothing was said.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the city's hotline sent it, and not one unit to another.</summary>
    public bool City { get; init; }
}

/// <summary>Somebody became answerable for the case to the end.</summary>
public sealed record CaseOwnerNamed : CaseEvent
{
    /// <summary>The account.</summary>
    public required string Owner { get; init; }
}

/// <summary>Whoever owned the case is recused by now (回避), and nobody owns it.</summary>
public sealed record CaseOwnerReleased : CaseEvent;

/// <summary>It was told who is complained of, in place of whoever was named before.</summary>
public sealed record CasePersonsNamed : CaseEvent
{
    /// <summary>Their staff codes, ascending; none for nobody.</summary>
    public ImmutableArray<string> Staff { get; init; } = [];
}

/// <summary>The lead unit signed for the case (签收).</summary>
public sealed record CaseSignedFor : CaseEvent;

/// <summary>The lead unit returned the case (退回): it is not theirs.</summary>
public sealed record CaseReturned : CaseEvent
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>The case was put into a category, or into another.</summary>
public sealed record CaseCategorised : CaseEvent
{
    /// <summary>The category's code.</summary>
    public required string Category { get; init; }
}

/// <summary>The case goes on as another case, whose answer also answers this one (并案).</summary>
public sealed record CaseMerged : CaseEvent
{
    /// <summary>The case that goes on.</summary>
    public required CaseId Into { get; init; }
}

/// <summary>Another case goes on as this one.</summary>
public sealed record CaseAbsorbed : CaseEvent
{
    /// <summary>The other case.</summary>
    public required CaseId Other { get; init; }
}
