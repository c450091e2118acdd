using Feedback.Grains.Audit;

namespace Feedback.Grains.Accounts;

/// <summary>
/// What verbs of the command line do to accounts. They work while the server runs and cannot write its trail themselves: so they
/// leave a note beside the accounts first, and the server takes it over.
/// </summary>
public interface IVerbActs
{
    /// <summary>Notes an act durably, before it is done.</summary>
    Task NoteAsync(AuditEntry entry);

    /// <summary>Hands the notes over, oldest first, each as often as it takes until it was recorded.</summary>
    /// <param name="record">Stores an entry in the trail.</param>
    Task HandOverAsync(Func<AuditEntry, Task> record);
}
