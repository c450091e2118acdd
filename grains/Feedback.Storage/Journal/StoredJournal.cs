using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal;

/// <summary>The journal as grains see it: writing goes through the queue, reading straight to the database.</summary>
internal sealed class StoredJournal(JournalQueue queue, JournalReads reads, IWrittenVocabulary written) : IJournal, IJournalProbe
{
    /// <inheritdoc/>
    public Task WriteAsync(JournalUnit unit)
    {
        UnitRules.Check(unit);
        if (unit.Append is { Row: var row } && written.FindUnread(row) is { } kind)
            return Task.FromException(new UpgradeUnderWayException(kind));
        return Enqueue(new PendingUnit(unit));
    }

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancellation = default) =>
        Enqueue(new PendingUnit(PendingWork.Probe)).WaitAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadAsync(StreamName stream, long after, int limit, CancellationToken cancellation = default) =>
        reads.ReadAsync(stream, after, limit, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalRow>> ReadSpanAsync(StreamName stream, long from, long to, CancellationToken cancellation = default) =>
        reads.ReadSpanAsync(stream, from, to, cancellation);

    /// <inheritdoc/>
    public Task<(JournalRow Row, Digest Before)?> FindAsync(StreamName stream, long version, CancellationToken cancellation = default) =>
        reads.FindAsync(stream, version, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<StreamName, long>> HeadsAsync(
        IReadOnlyCollection<StreamName> streams, CancellationToken cancellation = default) => reads.HeadsAsync(streams, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StreamName>> StreamsAsync(CancellationToken cancellation = default) => reads.StreamsAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(StreamName Stream, StreamTail Tail)>> TailsAsync(CancellationToken cancellation = default) => reads.TailsAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RowShape>> ShapesAsync(StreamName stream, long after, long through, CancellationToken cancellation = default) =>
        reads.ShapesAsync(stream, after, through, cancellation);

    /// <inheritdoc/>
    public Task<string> GenerationAsync(CancellationToken cancellation = default) => reads.GenerationAsync(cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Opaque, long>> FindLateAsync(
        StreamName stream, IReadOnlyCollection<Opaque> identities, CancellationToken cancellation = default) =>
        reads.FindLateAsync(stream, identities, cancellation);

    private Task Enqueue(PendingUnit pending)
    {
        try
        {
            queue.Add(pending);
            return pending.Task;
        }
        catch (JournalBusyException busy)
        {
            return Task.FromException(busy);
        }
    }
}
