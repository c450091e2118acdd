using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Feedback.Domain.Journal;

/// <summary>
/// One link of a stream's hash chain: SHA-256(previous digest ‖ bytes of the event), the first link on
/// SHA-256(stream name in UTF-8). Whoever changes an event must change every digest after it.
/// </summary>
public readonly record struct Digest
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Length = 32;

    private readonly ulong _a, _b, _c, _d;

    private Digest(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The digest that stands before the first event of a stream.</summary>
    public static Digest Before(StreamName stream)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(stream.Value), hash);
        return new Digest(hash);
    }

    /// <summary>The digest after one more event.</summary>
    /// <param name="element">The event's bytes, exactly as they are kept.</param>
    public Digest After(ReadOnlySpan<byte> element)
    {
        var length = Length + element.Length;
        byte[]? rented = null;
        var chained = length <= 2048
            ? stackalloc byte[2048]
            : (rented = System.Buffers.ArrayPool<byte>.Shared.Rent(length)).AsSpan();
        CopyTo(chained);
        element.CopyTo(chained[Length..]);
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(chained[..length], hash);
        if (rented is not null)
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        return new Digest(hash);
    }

    /// <summary>Reads a digest from its 32 bytes.</summary>
    /// <exception cref="FormatException">There are not exactly 32 bytes.</exception>
    public static Digest FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? new Digest(bytes) : throw new FormatException($"A digest has {Length} bytes, not {bytes.Length}.");

    /// <summary>Reads a digest from its 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public static Digest Parse(string hex) => FromBytes(Convert.FromHexString(hex));

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    private void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _a);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], _d);
    }
}
