using System.Security.Cryptography;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Checkpoints;

/// <summary>
/// What stood in the journal at a time: the ends of all streams that changed since the checkpoint before. All checkpoints
/// together name every stream; one alone says nothing of streams that were silent.
/// </summary>
/// <param name="Number">From 1 without gaps; also the version of its event on <see cref="StreamName.Checkpoints"/>.</param>
/// <param name="At">When it was made, milliseconds UTC.</param>
/// <param name="Generation">The id of the database's life; another one than before tells of a restore.</param>
/// <param name="Previous">SHA-256 of the text of the checkpoint before, 64 hexadecimal digits; null for the first.</param>
/// <param name="Streams">The streams that changed.</param>
public sealed record Checkpoint(long Number, long At, string Generation, string? Previous, IReadOnlyList<CheckedStream> Streams)
{
    /// <summary>
    /// Where the operator restored the database: the id of the life that ended with it. What checkpoints of that life attest
    /// beyond this one's streams is given up knowingly. Null for every other checkpoint.
    /// </summary>
    public string? Former { get; init; }

    /// <summary>SHA-256 of a checkpoint's text, as the next one names it.</summary>
    public static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));
}

/// <summary>Where a stream ended.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The version of its last event.</param>
/// <param name="Digest">The chain's digest after it.</param>
/// <param name="Rows">
/// What its rows say of themselves, from behind the version that the checkpoint before named of it: <see cref="RowShapes"/>. The
/// chain holds the events and not how they were appended, nor when.
/// </param>
public readonly record struct CheckedStream(StreamName Stream, long Version, Digest Digest, Opaque Rows);
