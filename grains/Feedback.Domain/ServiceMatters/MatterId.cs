using Feedback.Domain.Journal;

namespace Feedback.Domain.ServiceMatters;

/// <summary>The immutable id of a service matter: <c>m</c> and 128 bits in base64url, a keyed hash of its node and its number there.</summary>
/// <param name="Value">The text, 23 characters.</param>
public readonly record struct MatterId(string Value) : IComparable<MatterId>
{
    private const char Kind = 'm';

    /// <summary>The id with these bits.</summary>
    public static MatterId Of(Opaque bits) => new(OpaqueId.Of(Kind, bits));

    /// <summary>Whether a text has the shape of an id.</summary>
    public static bool IsId(string text) => OpaqueId.Is(Kind, text);

    /// <summary>The bits.</summary>
    /// <exception cref="FormatException">The text has not the shape of an id.</exception>
    public Opaque ToBits() => OpaqueId.BitsOf(Value);

    /// <inheritdoc/>
    public int CompareTo(MatterId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
