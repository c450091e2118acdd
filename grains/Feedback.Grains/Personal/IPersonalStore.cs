using Feedback.Domain.Journal;
using Feedback.Domain.Personal;

namespace Feedback.Grains.Personal;

/// <summary>Reads personal text. It is written and destroyed through the journal, in the transaction of the event that points to it.</summary>
public interface IPersonalStore
{
    /// <summary>The rows asked for, each with its subject's key; rows that are erased or never existed are missing.</summary>
    Task<IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)>> FindAsync(
        IReadOnlyCollection<Opaque> references, CancellationToken cancellation = default);
}
