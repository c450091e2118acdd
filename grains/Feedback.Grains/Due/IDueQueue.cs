using Feedback.Grains.Journal;

namespace Feedback.Grains.Due;

/// <summary>The work that waits for its time. It is written and taken away through the journal (<see cref="JournalUnit.Due"/>).</summary>
public interface IDueQueue
{
    /// <summary>The shards that have something due, each with the time since when. However much lies in the future, none of it is read.</summary>
    /// <param name="now">Milliseconds UTC; what is due at this very time is due.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<DueShard>> ShardsAsync(long now, CancellationToken cancellation = default);

    /// <summary>What is due in a shard, what waits longest first.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<DueWork>> DueAsync(int shard, long now, int limit, CancellationToken cancellation = default);

    /// <summary>When something is due next in a shard, milliseconds UTC, past times included; null when nothing waits.</summary>
    Task<long?> NextAsync(int shard, CancellationToken cancellation = default);

    /// <summary>How much of a shard is due; counted up to a limit.</summary>
    Task<long> CountAsync(int shard, long now, int limit, CancellationToken cancellation = default);

    /// <summary>Takes away work that was performed, through the journal's writer and so fenced by the database's generation.</summary>
    /// <remarks>Work that was replaced meanwhile under the same key is other work, and stays.</remarks>
    /// <exception cref="JournalBusyException">The journal cannot store it now: the work stands, and is performed once more.</exception>
    Task DoneAsync(IReadOnlyCollection<DueWork> done);

    /// <summary>Puts work off. Work that was replaced meanwhile under the same key is other work, and stays as it is.</summary>
    /// <param name="work">The work as it was read.</param>
    /// <param name="at">When it is tried next, milliseconds UTC.</param>
    /// <param name="tries">How often it has failed now.</param>
    /// <exception cref="JournalBusyException">The journal cannot store it now: the work stands, and is performed once more.</exception>
    Task AgainAsync(DueWork work, long at, int tries);
}

/// <summary>A shard that has something due.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Since">The time for which the oldest of it was due, milliseconds UTC.</param>
public readonly record struct DueShard(int Shard, long Since);

/// <summary>A command as it waits.</summary>
/// <param name="Due">The row.</param>
/// <param name="Tries">How often it failed since it last went well.</param>
public sealed record DueWork(DueRow Due, int Tries);
