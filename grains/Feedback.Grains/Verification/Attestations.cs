using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Verification;

/// <summary>What a checkpoint says of a stream.</summary>
/// <param name="Checkpoint">The checkpoint's number.</param>
/// <param name="Stream">Where the stream ended.</param>
internal readonly record struct Attestation(long Checkpoint, CheckedStream Stream);

/// <summary>What checkpoints that can be believed say of every stream.</summary>
internal sealed class Attestations
{
    private readonly Dictionary<StreamName, List<Attestation>> _streams = [];

    /// <summary>Every stream that a checkpoint names.</summary>
    public IEnumerable<StreamName> Streams => _streams.Keys;

    /// <summary>Takes a checkpoint.</summary>
    public void Add(Checkpoint checkpoint)
    {
        foreach (var stream in checkpoint.Streams)
        {
            if (!_streams.TryGetValue(stream.Stream, out var attested))
                _streams[stream.Stream] = attested = [];
            attested.Add(new Attestation(checkpoint.Number, stream));
        }
    }

    /// <summary>What is said of a stream, by version.</summary>
    public IReadOnlyList<Attestation> Of(StreamName stream) =>
        _streams.TryGetValue(stream, out var attested) ? [.. attested.OrderBy(one => one.Stream.Version)] : [];
}
