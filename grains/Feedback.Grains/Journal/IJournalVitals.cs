namespace Feedback.Grains.Journal;

/// <summary>Tells how the journal of this silo fares, without touching the database.</summary>
public interface IJournalVitals
{
    /// <summary>How it fares now.</summary>
    JournalVitals Read();
}

/// <summary>How the journal of one silo fares.</summary>
/// <param name="Waiting">Units that wait for their transaction.</param>
/// <param name="MostWaiting">Units that may wait; one more is refused.</param>
/// <param name="Oldest">How long the oldest unit has been without an answer; zero when all are answered.</param>
/// <param name="CommittedAt">When the last transaction was committed, UTC; null before the first.</param>
/// <param name="CommitTook">How long that took, from the begin of the transaction; zero before the first.</param>
/// <param name="Conflicts">Units that lost their version to somebody else since the silo started.</param>
/// <param name="FailingSince">When the first of the transactions failed that were not committed since, UTC; null while they commit.</param>
/// <param name="NeedsRestart">True when nothing more is stored until the process is started anew: the disk failed, or the database was restored or lacks what was stored.</param>
public sealed record JournalVitals(
    int Waiting, int MostWaiting, TimeSpan Oldest, DateTimeOffset? CommittedAt, TimeSpan CommitTook, long Conflicts, DateTimeOffset? FailingSince, bool NeedsRestart)
{
    /// <summary>A journal that has done nothing yet.</summary>
    public static readonly JournalVitals Fresh = new(0, 1, TimeSpan.Zero, null, TimeSpan.Zero, 0, null, NeedsRestart: false);
}
