namespace Feedback.Grains.Journal;

/// <summary>Shows whether the journal can store something now, by doing it: for readiness, where reading alone would prove nothing.</summary>
public interface IJournalProbe
{
    /// <summary>
    /// Waits in the journal's queue like every unit, then commits a real transaction with full durability that changes
    /// nothing anybody reads.
    /// </summary>
    /// <exception cref="JournalBusyException">The queue is full or the database is out of reach.</exception>
    /// <exception cref="GenerationChangedException">The database was restored since this silo started.</exception>
    /// <exception cref="OperationCanceledException">The caller waited long enough.</exception>
    Task CommitAsync(CancellationToken cancellation = default);
}
