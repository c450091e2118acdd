using Feedback.Domain.Platform;

namespace Feedback.Grains.Platform;

/// <summary>What became of the items of a batch, and what that changes.</summary>
/// <param name="batch">The batch.</param>
/// <param name="known">Which of its items were rejected before.</param>
/// <param name="now">Milliseconds UTC.</param>
internal sealed class BatchOutcome(PlatformBatch batch, IReadOnlyDictionary<string, RejectedItem> known, long now)
{
    private readonly List<PlatformItem> _taken = [];
    private readonly List<RejectedItem> _rejected = [];

    /// <summary>The batch.</summary>
    public PlatformBatch Batch => batch;

    /// <summary>Items that were taken.</summary>
    public IReadOnlyList<PlatformItem> Taken => _taken;

    /// <summary>Items that were not.</summary>
    public IReadOnlyList<RejectedItem> Rejected => _rejected;

    /// <summary>Items that were named in an earlier answer to this batch.</summary>
    public int Named { get; set; }

    /// <summary>An item was taken.</summary>
    public void Take(PlatformItem item) => _taken.Add(item);

    /// <summary>An item was not taken.</summary>
    public void Reject(PlatformItem item, string reason) => _rejected.Add(new RejectedItem(
        item.Id, item.Kind, item.Stream.Value, item.Version, item.Day, reason, now, batch.Id, IsKnown: !item.IsNew));

    /// <summary>The platform named items, and took none: they are noted, and the batch goes on without them.</summary>
    public PlatformChange Refused() => new() { Batch = batch.Id, Rejected = [.. _rejected] };

    /// <summary>The batch ends.</summary>
    public PlatformChange Ended(long at) => new()
    {
        Batch = batch.Id,
        End = new BatchEnd(at, _taken.Count, _rejected.Count + Named),
        Streams = [.. batch.Parts.Where(part => part.Again is null).Select(part => new ReportedStream(part.Stream, part.Through))],
        // An update changes no count, unless what it updates was never taken.
        Counts = [.. _taken.Where(item => item.IsNew).GroupBy(item => (item.Day, item.Kind)).Select(group => new ReportedCount(group.Key.Day, group.Key.Kind, group.Count()))],
        Rejected = [.. _rejected],
        Taken = [.. _taken.Select(item => item.Id).Where(known.ContainsKey), .. Vanished()],
    };

    // Sent again, and not to be reported any more: nobody waits for them.
    private IEnumerable<string> Vanished()
    {
        var there = _taken.Select(item => item.Id).Concat(_rejected.Select(item => item.Id)).Concat(known.Keys).ToHashSet(StringComparer.Ordinal);
        return batch.Parts.Select(part => part.Again).OfType<string>().Where(id => !there.Contains(id));
    }
}
