using Feedback.Domain.Checkpoints;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Journal;

/// <summary>
/// The append-only journal, the one truth, with the tables that are written in its transactions.
/// </summary>
/// <remarks>
/// <para>
/// Atomicity: a <see cref="JournalUnit"/> is stored whole or not at all; units of different callers share a transaction
/// but never a fate. Ownership: whoever appends version n + 1 must have folded 1…n; another one with an older
/// view collides on the unique (stream, version) and gets a <see cref="VersionConflictException"/>.
/// </para>
/// <para>
/// Durability: the task of <see cref="WriteAsync"/> ends successfully only after its transaction was committed and
/// synchronised to disk. When it fails with anything but the exceptions below, or is abandoned, the outcome is unknown:
/// read the stream before trying again.
/// </para>
/// </remarks>
public interface IJournal
{
    /// <summary>Stores a unit in the next transaction, together with every other unit that waits.</summary>
    /// <exception cref="VersionConflictException">The stream's head is not the version the unit expects. Nothing of it was stored.</exception>
    /// <exception cref="CaseTakenException">Another case has a number that one of its cases claims. Nothing of it was stored.</exception>
    /// <exception cref="JournalBusyException">The queue is full, or the database is away. Nothing of it was stored; try again later.</exception>
    /// <exception cref="UpgradeUnderWayException">Some silo does not read one of its events yet. Nothing of it was stored; try again later.</exception>
    /// <exception cref="GenerationChangedException">The database was restored, or lost what was stored, since this silo started; this silo must stop writing.</exception>
    Task WriteAsync(JournalUnit unit);

    /// <summary>Rows of a stream that end after a version, ascending.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="after">Rows whose last version is greater are returned: a row that only starts at or before it comes whole. 0 for all.</param>
    /// <param name="limit">At most so many rows; ask again with the last row's last version for more.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<JournalRow>> ReadAsync(StreamName stream, long after, int limit, CancellationToken cancellation = default);

    /// <summary>Rows of a stream stored within [from, to] by their <see cref="JournalRow.At"/>, both included, ascending.</summary>
    Task<IReadOnlyList<JournalRow>> ReadSpanAsync(StreamName stream, long from, long to, CancellationToken cancellation = default);

    /// <summary>The row that holds a version, and the digest that stood before it; null when the stream is shorter.</summary>
    Task<(JournalRow Row, Digest Before)?> FindAsync(StreamName stream, long version, CancellationToken cancellation = default);

    /// <summary>The last version of each stream; 0 for a stream without events.</summary>
    Task<IReadOnlyDictionary<StreamName, long>> HeadsAsync(IReadOnlyCollection<StreamName> streams, CancellationToken cancellation = default);

    /// <summary>The names of all streams that have events, in the order in which they began.</summary>
    Task<IReadOnlyList<StreamName>> StreamsAsync(CancellationToken cancellation = default);

    /// <summary>Where every stream that has events ends, all at the same moment.</summary>
    Task<IReadOnlyList<(StreamName Stream, StreamTail Tail)>> TailsAsync(CancellationToken cancellation = default);

    /// <summary>The shapes of the rows of a stream whose first versions lie in (after, through], ascending.</summary>
    Task<IReadOnlyList<RowShape>> ShapesAsync(StreamName stream, long after, long through, CancellationToken cancellation = default);

    /// <summary>The id of this database's life; a restore renews it.</summary>
    Task<string> GenerationAsync(CancellationToken cancellation = default);

    /// <summary>Of the identities given, the versions under which a stream stored them although their own time was not near.</summary>
    /// <returns>Identity and version of those found.</returns>
    Task<IReadOnlyDictionary<Opaque, long>> FindLateAsync(StreamName stream, IReadOnlyCollection<Opaque> identities, CancellationToken cancellation = default);
}

/// <summary>Somebody else appended to the stream first: forget what you hold of it and read it again.</summary>
public sealed class VersionConflictException(StreamName stream, long expected)
    : Exception($"Stream {stream} no longer ends at version {expected}.");

/// <summary>Another case has the readable number already, or the number of another system, that a case claims.</summary>
/// <param name="external">Whether it is the number of another system.</param>
/// <param name="cause">What the database said.</param>
public sealed class CaseTakenException(bool external, Exception? cause = null)
    : Exception(external ? "Another case came from the same system under the same number." : "Another case has this number.", cause)
{
    /// <summary>Whether it is the number of another system; false for the readable number of this bureau.</summary>
    public bool IsExternal => external;
}

/// <summary>The journal has more to write than it may hold back, or its database is away; the caller tries again later.</summary>
public class JournalBusyException : Exception
{
    /// <summary>The queue is full, or the database is away.</summary>
    public JournalBusyException()
        : this("The journal cannot store more now: its queue is full, or its database is away.")
    {
    }

    private protected JournalBusyException(string message)
        : base(message)
    {
    }

    /// <summary>How it is told to whoever sent what was not stored: to be sent again.</summary>
    public virtual Refusal Refusal { get; } = new("busy", Retryable: true);
}

/// <summary>The database was restored, or replaced by one that lacks what was stored, while this silo ran; what this silo holds may never have happened.</summary>
/// <param name="message">What was found.</param>
public sealed class GenerationChangedException(string message = "The database was restored; restart this silo.") : Exception(message);
