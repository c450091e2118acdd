using System.Buffers.Binary;
using System.Security.Cryptography;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Checkpoints;

/// <summary>What a row of the journal says of itself, besides its events.</summary>
/// <param name="Version">The version of its first event.</param>
/// <param name="Count">How many events it holds.</param>
/// <param name="At">When it was appended, milliseconds UTC.</param>
public readonly record struct RowShape(long Version, int Count, long At);

/// <summary>
/// Hashes the shapes of consecutive rows: the first 16 bytes of SHA-256 over version, count and time of each, as 8 bytes each,
/// most significant first.
/// </summary>
public sealed class RowShapes : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Takes the next row.</summary>
    public void Add(RowShape row)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, row.Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], row.Count);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], row.At);
        _hash.AppendData(bytes);
    }

    /// <summary>The hash of the rows taken since the last call.</summary>
    public Opaque Take()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return Opaque.FromBytes(hash);
    }

    /// <summary>The hash of some rows.</summary>
    public static Opaque HashOf(IEnumerable<RowShape> rows)
    {
        using var shapes = new RowShapes();
        foreach (var row in rows)
            shapes.Add(row);
        return shapes.Take();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
