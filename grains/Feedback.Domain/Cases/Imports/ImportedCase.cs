using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Cases;

/// <summary>A case as the file of another system tells it. Its identity is the system with the number there: a second import knows it again.</summary>
/// <param name="Source">The system that it comes from, such as <c>myla311</c>.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Node">The node that it concerns.</param>
/// <param name="Lead">The unit that handled it.</param>
/// <param name="Opened">When it came in.</param>
public sealed record ImportedCase(string Source, string Number, CaseKind Kind, CaseChannel Channel, NodeId Node, NodeId Lead, Moment Opened)
{
    /// <summary>The code of its category; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>When it was closed; null while it is open there. Where only the day is known it is the start of that day, which may lie before <see cref="Opened"/>.</summary>
    public Moment? Closed { get; init; }

    /// <summary>Whether the citizen gave no name.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The id: the same for the same source and number, so that two imports at once open one case.</summary>
    public CaseId Id => CaseId.Of(Bits("case", 0));

    /// <summary>When it was closed, milliseconds UTC, and not before it was opened; null while it is open there.</summary>
    public long? ClosedAt => Closed is { } closed ? Math.Max(closed.UtcMilliseconds, Opened.UtcMilliseconds) : null;

    /// <summary>The readable number.</summary>
    /// <param name="day">The local day on which it came in.</param>
    /// <param name="attempt">0, and one more each time that the number before is taken by another case.</param>
    public string NumberOn(DateOnly day, int attempt) => CaseNumber.Of(day, Bits("number", attempt));

    // Lengths before the texts, so that no two identities are written alike.
    private Opaque Bits(string use, int attempt) => Opaque.FromBytes(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{use} {attempt} {Source.Length} {Source} {Number.Length} {Number}")).AsSpan(0, Opaque.Length));
}
