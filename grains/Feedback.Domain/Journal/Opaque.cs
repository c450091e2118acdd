using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Feedback.Domain.Journal;

/// <summary>
/// 128 bits without a meaning of their own: a salt, a reference to personal text, a hash of an identity.
/// Written as 22 characters of base64url, kept in tables as 16 bytes, most significant first.
/// </summary>
/// <param name="Value">The bits.</param>
public readonly record struct Opaque(UInt128 Value) : IComparable<Opaque>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 16;

    /// <summary>The leading 64 bits, for tables that need only a short key.</summary>
    public ulong Leading => (ulong)(Value >> 64);

    /// <summary>Takes the first 16 of the bytes given.</summary>
    public static Opaque FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>
    /// A reference that sorts by the time it was made, so that new rows land beside each other in an index:
    /// 48 bits of milliseconds since 1970 UTC, then 80 random bits.
    /// </summary>
    /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="random">At least ten random bytes.</param>
    public static Opaque TimeOrdered(long utcMilliseconds, ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, utcMilliseconds << 16);
        random[..10].CopyTo(bytes[6..]);
        return FromBytes(bytes);
    }

    /// <summary>Reads the 22 characters of base64url.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Opaque Parse(string text) =>
        TryParse(text, out var bits) ? bits : throw new FormatException($"'{text}' is not 128 bits in base64url.");

    /// <summary>Reads the 22 characters of base64url; false for any other text.</summary>
    public static bool TryParse(string text, out Opaque bits)
    {
        Span<byte> bytes = stackalloc byte[18];
        var isRead = text.Length == 22 && Base64Url.DecodeFromChars(text, bytes, out _, out var length) == OperationStatus.Done && length == Length;
        bits = isRead ? FromBytes(bytes) : default;
        return isRead;
    }

    /// <summary>The 16 bytes, most significant first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(Opaque other) => Value.CompareTo(other.Value);

    /// <summary>22 characters of base64url.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return Base64Url.EncodeToString(bytes);
    }
}
