using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Days;

/// <summary>Reads the stored days. They are derived from the journal and written through it (<see cref="Journal.JournalUnit.Days"/>).</summary>
/// <remarks>Days stored under another fold revision are stale and are never returned; <c>rebuild</c> makes them anew.</remarks>
public interface IDayStore
{
    /// <summary>One day of a window, or null.</summary>
    Task<WindowDay?> FindAsync(NodeId window, DateOnly day, CancellationToken cancellation = default);

    /// <summary>A window's days in [from, to), ascending.</summary>
    Task<IReadOnlyList<WindowDay>> OfWindowAsync(NodeId window, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>A window's days that changed at or after an instant (milliseconds UTC), for its matters.</summary>
    Task<IReadOnlyList<WindowDay>> ChangedSinceAsync(NodeId window, long since, CancellationToken cancellation = default);

    /// <summary>The days in [from, to) of all windows that were directly below a node on the day; without their matters.</summary>
    Task<IReadOnlyList<WindowDay>> BelowAsync(NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>The newest version among those days, by window: enough to see whether any changed.</summary>
    Task<IReadOnlyDictionary<NodeId, long>> NewestBelowAsync(NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>How far the stored days of each window are complete; 0 for windows without any.</summary>
    Task<IReadOnlyDictionary<NodeId, long>> ThroughAsync(IReadOnlyCollection<NodeId> windows, CancellationToken cancellation = default);
}
