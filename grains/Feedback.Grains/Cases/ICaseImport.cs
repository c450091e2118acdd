using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;

namespace Feedback.Grains.Cases;

/// <summary>
/// Stores cases of another system in bulk, each with its own times, as <see cref="ImportedHistory"/> decides. A case is stored whole or
/// not at all; one that is stored already is left as it is, so that a batch may be sent again after any failure.
/// </summary>
public interface ICaseImport
{
    /// <summary>The most cases of one call.</summary>
    const int Most = 500;

    /// <summary>Stores cases.</summary>
    /// <param name="batch">The name of the import, kept with every case.</param>
    /// <param name="cases">At most <see cref="Most"/>, no two of the same identity.</param>
    /// <param name="cancellation">Stops between two cases; what is stored stays.</param>
    /// <returns>One result per case, in their order.</returns>
    Task<ImmutableArray<CaseImportResult>> ImportAsync(string batch, IReadOnlyList<ImportedCase> cases, CancellationToken cancellation = default);
}

/// <summary>What became of an imported case.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Opened">Whether this call opened it.</param>
/// <param name="Closed">Whether this call closed it.</param>
/// <param name="Refusal">Why it was not taken; null when it was, or was stored already.</param>
public sealed record CaseImportResult(CaseId Case, bool Opened, bool Closed, Refusal? Refusal = null)
{
    /// <summary>The result of a decision that was stored.</summary>
    public static CaseImportResult Of(CaseId id, CaseDecision decision) =>
        new(id, decision.Events.Any(e => e is CaseOpened), decision.Events.Any(e => e is CaseClosed), decision.Refusal);
}
