using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>The immutable id of a case: <c>q</c> and 128 bits in base64url. Cases opened by a rating take the bits from it, imported ones from their number where they come from, all others draw them.</summary>
/// <param name="Value">The text, 23 characters.</param>
public readonly record struct CaseId(string Value) : IComparable<CaseId>
{
    private const char Kind = 'q';

    /// <summary>The id with these bits.</summary>
    public static CaseId Of(Opaque bits) => new(OpaqueId.Of(Kind, bits));

    /// <summary>The id of the case that a rating opens: SHA-256 over its window and its identity, cut to 128 bits. Whoever opens it again opens the same.</summary>
    /// <param name="window">The window.</param>
    /// <param name="rating">The rating's identity there.</param>
    public static CaseId OfRating(NodeId window, Opaque rating) =>
        Of(Opaque.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"rating:{window.Value}:{rating}"))));

    /// <summary>Whether a text has the shape of an id.</summary>
    public static bool IsId(string text) => OpaqueId.Is(Kind, text);

    /// <summary>The bits.</summary>
    /// <exception cref="FormatException">The text has not the shape of an id.</exception>
    public Opaque ToBits() => OpaqueId.BitsOf(Value);

    /// <inheritdoc/>
    public int CompareTo(CaseId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
