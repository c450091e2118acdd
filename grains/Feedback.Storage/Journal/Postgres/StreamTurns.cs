using Feedback.Domain.Journal;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>
/// Hands out batches to transactions that run side by side, so that no stream is in two of them, nor twice in one: what
/// comes later for a stream is held back until its turn, in the order of its coming.
/// </summary>
internal sealed class StreamTurns(JournalQueue queue)
{
    private readonly Lock _lock = new();
    private readonly HashSet<StreamName> _busy = [];
    private List<PendingUnit> _held = [];
    private List<PendingUnit> _spare = [];

    /// <summary>What can be stored now; empty when nothing waits, or only what another transaction must finish first.</summary>
    public List<PendingUnit> Take()
    {
        var batch = new List<PendingUnit>();
        long bytes = 0;
        lock (_lock)
        {
            (_held, _spare) = (_spare, _held);
            foreach (var pending in _spare)
                TakeOrHold(pending);
            _spare.Clear();
            while (queue.Fits(batch.Count, bytes) && queue.TryTake(out var pending))
                TakeOrHold(pending);
        }

        queue.Leave(batch.Count);
        return batch;

        void TakeOrHold(PendingUnit pending)
        {
            if (queue.Fits(batch.Count, bytes) && (pending.Unit.Append is not { } append || _busy.Add(append.Stream)))
            {
                batch.Add(pending);
                bytes += pending.Bytes;
            }
            else
                _held.Add(pending);
        }
    }

    /// <summary>The transaction of a batch is over, whatever came of it.</summary>
    public void Finish(List<PendingUnit> batch)
    {
        lock (_lock)
        {
            foreach (var pending in batch)
            {
                if (pending.Unit.Append is { } append)
                    _busy.Remove(append.Stream);
            }
        }
    }
}
