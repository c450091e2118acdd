using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Something that somebody did with a service matter before it was stored here.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="By">Who, as the audit trail names them.</param>
/// <param name="Command">What.</param>
public sealed record PastMatterStep(long At, string By, MatterCommand Command);

/// <summary>A service matter with all that people did with it until now.</summary>
/// <param name="Id">The matter.</param>
/// <param name="Steps">What was done, by time; the first one accepts it.</param>
public sealed record PastMatter(MatterId Id, ImmutableArray<PastMatterStep> Steps);

/// <summary>What became of a matter of the past.</summary>
/// <param name="Stored">Whether this call stored it; false for one that was stored before, and is left as it is.</param>
/// <param name="Refusal">Why a step was not possible; then nothing of the matter is stored.</param>
public readonly record struct PastMatterResult(bool Stored, Refusal? Refusal = null);

/// <summary>
/// Stores service matters of this bureau's own past, each whole or not at all, by the same rules as if each step were taken now, at its
/// own time; a deadline that passed meanwhile is found at its own time, too.
/// </summary>
public interface IPastMatters
{
    /// <summary>The most matters of one call.</summary>
    const int Most = 500;

    /// <summary>Stores matters; one that is stored already is left as it is.</summary>
    /// <param name="matters">At most <see cref="Most"/>, no two with the same id.</param>
    /// <param name="cancellation">Stops between two matters; what is stored stays.</param>
    /// <returns>One result per matter, in their order.</returns>
    Task<ImmutableArray<PastMatterResult>> StoreAsync(IReadOnlyList<PastMatter> matters, CancellationToken cancellation = default);
}
