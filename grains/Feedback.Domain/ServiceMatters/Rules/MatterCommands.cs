using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.ServiceMatters;

/// <summary>Something that somebody wants to do with a matter.</summary>
public abstract record MatterCommand;

/// <summary>Takes it, and tells everything that is missing.</summary>
/// <param name="Node">The node that takes it.</param>
/// <param name="Item">The service item's code.</param>
/// <param name="Number">The keyed hash of its number.</param>
/// <param name="Online">Whether it was applied for online.</param>
/// <param name="Missing">What is missing.</param>
/// <param name="Limit">How long it may take; null for what is published about the item.</param>
public sealed record AcceptMatter(NodeId Node, string Item, Opaque Number, bool Online, ImmutableArray<MissingDocument> Missing, string? Limit) : MatterCommand;

/// <summary>Documents were handed in without a visit.</summary>
/// <param name="Documents">Their codes.</param>
public sealed record SupplementMatter(ImmutableArray<string> Documents) : MatterCommand;

/// <summary>The applicant came once more.</summary>
/// <param name="Documents">Codes of the documents that they handed in.</param>
/// <param name="Asked">What was asked for.</param>
/// <param name="Result">The result's code when it was completed there and then; null when it was not.</param>
public sealed record VisitMatter(ImmutableArray<string> Documents, ImmutableArray<AskedDocument> Asked, string? Result) : MatterCommand;

/// <summary>It has its result.</summary>
/// <param name="Result">The result's code.</param>
public sealed record CompleteMatter(string Result) : MatterCommand;

/// <summary>The applicant took it back.</summary>
/// <param name="Reason">Why: a code.</param>
public sealed record WithdrawMatter(string Reason) : MatterCommand;

/// <summary>Its deadline has passed: found by the service itself.</summary>
public sealed record FindOverdue : MatterCommand;

/// <summary>What a decision is made in.</summary>
public sealed record MatterContext
{
    /// <summary>Milliseconds UTC.</summary>
    public required long Now { get; init; }

    /// <summary>The local day of that at the matter's node.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Who acts, as the audit trail names them.</summary>
    public required string By { get; init; }

    /// <summary>Draws 128 random bits, the salt of an event.</summary>
    public required Func<Opaque> Salt { get; init; }

    /// <summary>The version that whoever acts has seen; null for any.</summary>
    public long? Expected { get; init; }

    /// <summary>Whether there is such a node.</summary>
    public bool NodeIsKnown { get; init; } = true;

    /// <summary>Whether the catalogue has such a service item.</summary>
    public bool ItemIsKnown { get; init; } = true;

    /// <summary>How long a matter of the item may take, as it is published; null where nothing was promised.</summary>
    public string? Limit { get; init; }

    /// <summary>The deadline, milliseconds UTC; where the clock waits, the one that would hold if it ran on from now. Null for none, and where it is pending.</summary>
    public long? Deadline { get; init; }

    /// <summary>The version of the catalogue.</summary>
    public long Catalogue { get; init; }
}

/// <summary>What was decided.</summary>
/// <param name="Events">What happens, in order; none where nothing changes.</param>
/// <param name="State">The matter afterwards.</param>
/// <param name="Refusal">Why nothing happens; null when it was taken.</param>
public sealed record MatterDecision(ImmutableArray<MatterEvent> Events, MatterState State, Refusal? Refusal);
