using Feedback.Domain.Journal;

namespace Feedback.Domain.ServiceMatters;

/// <summary>The immutable id of a service matter: <c>m</c> and 128 bits in base64url, a keyed hash of its node and its number there.</summary>
/// <param name="Value">The text, 23 characters.</param>
public readonly record struct MatterId(string Value) : IComparable<MatterId>
{
    private const char Prefix = 'm';

    /// <summary>The id with these bits.</summary>
    public static MatterId Of(Opaque bits) => new(Prefix + bits.ToString());

    /// <summary>Whether a text has the shape of an id.</summary>
    public static bool IsId(string text)
    {
        if (text.Length != 23 || text[0] != Prefix)
            return false;
        try
        {
            return Opaque.Parse(text[1..]).ToString() == text[1..];
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public int CompareTo(MatterId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
