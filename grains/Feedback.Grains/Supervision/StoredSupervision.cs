using Feedback.Domain.Journal;
using Feedback.Domain.Supervision;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Supervision;

/// <summary>Keeps alerts in the stream <c>supervision</c>. Silos that append at the same time each find their own place.</summary>
internal sealed class StoredSupervision(IJournal journal, TimeProvider clock) : ISupervision
{
    private static readonly StreamName Stream = StreamName.Supervision;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private StreamTail _tail = StreamTail.Of(Stream);

    /// <inheritdoc/>
    public async Task RecordAsync(SupervisionEvent told)
    {
        await _writing.WaitAsync();
        try
        {
            while (true)
            {
                await CatchUpAsync();
                var row = _tail.Next([EventText.Write(told)], clock.GetUtcNow().ToUnixTimeMilliseconds());
                try
                {
                    await journal.WriteAsync(new JournalUnit { Append = new Append(Stream, row) });
                    _tail = StreamTail.After(row);
                    return;
                }
                catch (VersionConflictException)
                {
                    // Another silo was faster: this entry goes behind that one.
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(long Version, SupervisionEvent Told)>> NewestAsync(long? before, int limit, CancellationToken cancellation = default)
    {
        var end = before ?? (await journal.HeadsAsync([Stream], cancellation))[Stream] + 1;
        var after = Math.Max(0, end - 1 - limit);
        var rows = await journal.ReadAsync(Stream, after, limit, cancellation);
        return [.. rows.SelectMany(EventText.Read)
            .Where(one => one.Version > after && one.Version < end && one.Happened is SupervisionEvent)
            .Select(one => (one.Version, (SupervisionEvent)one.Happened)).Reverse()];
    }

    // Only the last row matters: what it ends with is what the next one builds on.
    private async Task CatchUpAsync()
    {
        var head = (await journal.HeadsAsync([Stream]))[Stream];
        if (head == _tail.Version)
            return;
        _tail = head == 0 || await journal.FindAsync(Stream, head) is not { } last ? StreamTail.Of(Stream) : StreamTail.After(last.Row);
    }
}
