using Feedback.Domain.Supervision;

namespace Feedback.Grains.Supervision;

/// <summary>What those who watch over the use of personal text are told: a stream of its own that only grows.</summary>
public interface ISupervision
{
    /// <summary>Stores an unmasking durably before it returns: nobody is told an identity before this has succeeded.</summary>
    /// <exception cref="Journal.JournalBusyException">It cannot be stored now; the identity must not be told.</exception>
    Task RecordAsync(IdentityUnmasked unmasked);

    /// <summary>Some of what was stored, newest first.</summary>
    /// <param name="before">Only entries of a smaller version; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<(long Version, IdentityUnmasked Unmasked)>> NewestAsync(long? before, int limit, CancellationToken cancellation = default);
}
