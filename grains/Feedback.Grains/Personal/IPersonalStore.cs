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

/// <summary>Reads the data keys of subjects, for those who look after master keys.</summary>
public interface ISubjectKeyStore
{
    /// <summary>How many data keys each master key wraps; erased ones are not counted.</summary>
    Task<IReadOnlyDictionary<int, long>> CountKeysAsync(CancellationToken cancellation = default);

    /// <summary>Data keys that an older master key wraps, ascending by subject.</summary>
    /// <param name="newest">Only those of a smaller version.</param>
    /// <param name="after">Only subjects behind this one; null from the first on.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<SubjectKey>> KeysBelowAsync(int newest, Opaque? after, int limit, CancellationToken cancellation = default);
}
