namespace Feedback.Grains.Journal;

/// <summary>Tells whether the journal can commit, by committing.</summary>
public interface IJournalProbe
{
    /// <summary>Commits a small transaction with full durability.</summary>
    Task CommitAsync(CancellationToken cancellation = default);
}
