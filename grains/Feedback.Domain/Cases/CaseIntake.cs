using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Cases;

/// <summary>The bad rating that opened a case.</summary>
/// <param name="Window">The window.</param>
/// <param name="Version">The version of the evaluation in the window's stream.</param>
/// <param name="Grade">The overall grade; null for a rating that is bad in a dimension only and has none.</param>
/// <param name="Staff">The code of the member of staff to whom it is attributed; null for nobody.</param>
/// <param name="HasMatter">Whether a matter's number was kept with it, by which the office finds out whom to call. False in cases that were opened before this was noted.</param>
public sealed record CaseRating(NodeId Window, long Version, Grade? Grade, string? Staff, bool HasMatter = false);

/// <summary>The system that a case came from and its number there.</summary>
/// <param name="Source">The system, such as <c>12345</c>.</param>
/// <param name="Number">The number there.</param>
public sealed record ExternalNumber(string Source, string Number);

/// <summary>What is known of a matter when it comes in.</summary>
public sealed record CaseIntake
{
    /// <summary>The readable number, unique in the bureau (<see cref="CaseNumber"/>).</summary>
    public required string Number { get; init; }

    /// <summary>What it is about.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>How it came in.</summary>
    public required CaseChannel Channel { get; init; }

    /// <summary>The node that it concerns; it never changes, and all figures of the case are counted at it.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The unit that handles it first, by the routing rules.</summary>
    public required NodeId Lead { get; init; }

    /// <summary>Units that help from the beginning on, by the routing rules; ascending.</summary>
    public ImmutableArray<NodeId> Assisting { get; init; } = [];

    /// <summary>The code of its category; null for none yet.</summary>
    public string? Category { get; init; }

    /// <summary>Where it came from; null when it came in here.</summary>
    public ExternalNumber? External { get; init; }

    /// <summary>The rating that opened it; null for others.</summary>
    public CaseRating? Rating { get; init; }

    /// <summary>Codes of the members of staff complained of, as they were named then, ascending.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>Whether the citizen gave no name: an answer posted under the tracking code then counts as feedback.</summary>
    public bool Anonymous { get; init; }

    /// <summary>What the citizen said.</summary>
    public PersonalReference? Text { get; init; }

    /// <summary>How the citizen can be reached, kept apart; null when nobody knows.</summary>
    public PersonalReference? Contact { get; init; }

    /// <summary>HMAC-SHA-256 of the six-digit query code under the bureau's key, cut to 128 bits; null for who needs none.</summary>
    public Opaque? QueryCode { get; init; }

    /// <summary>The citizen's language, such as <c>zh-CN</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The batch that it was imported with; null for what came in by itself. Imported history causes no work.</summary>
    public string? Imported { get; init; }

    /// <summary>When it happened, as the citizen said; of an order of the hotline, when the city sent it. Null when nobody said.</summary>
    public Moment? OccurredAt { get; init; }

    /// <summary>Codes of the persons complained of: those named, and the one who was rated; ascending.</summary>
    public IEnumerable<string> Persons => (Rating?.Staff is { } rated ? About.Append(rated) : About).Distinct().Order(StringComparer.Ordinal);
}
