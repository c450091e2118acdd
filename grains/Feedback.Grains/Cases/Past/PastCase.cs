using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;

namespace Feedback.Grains.Cases;

/// <summary>Something that somebody did to a case before it was stored here.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Command">What. References to personal text in it are made when it is stored.</param>
public sealed record PastStep(long At, CaseActor Actor, CaseCommand Command)
{
    /// <summary>The words that belong to the command; null for none.</summary>
    public string? Words { get; init; }

    /// <summary>How the citizen can be reached; only for opening.</summary>
    public string? Contact { get; init; }

    /// <summary>Whether the citizen got a query code; only for opening.</summary>
    public bool WithQueryCode { get; init; }
}

/// <summary>A case with all that people did to it until now.</summary>
/// <param name="Id">The case.</param>
/// <param name="Steps">What was done, by time; the first one opens it.</param>
public sealed record PastCase(CaseId Id, ImmutableArray<PastStep> Steps);

/// <summary>What became of a case of the past.</summary>
/// <param name="Stored">Whether this call stored it; false for one that was stored before, and is left as it is.</param>
/// <param name="Refusal">Why a step was not possible; then nothing of the case is stored.</param>
/// <param name="Step">The index of that step; 0 where none was refused.</param>
public readonly record struct PastCaseResult(bool Stored, Refusal? Refusal = null, int Step = 0);

/// <summary>
/// Stores cases of this bureau's own past, each whole or not at all: every step goes through the same rules as if it were done now, at its
/// own time and under the policies of its own day, and what the service itself does meanwhile (warnings, accountability, who is told)
/// is done at its own time, too. Nobody is told anything of it any more; what is still to come by the clocks is left as due work.
/// </summary>
public interface IPastCases
{
    /// <summary>The most cases of one call.</summary>
    const int Most = 500;

    /// <summary>Stores cases; one that is stored already is left as it is.</summary>
    /// <param name="cases">At most <see cref="Most"/>, no two with the same id.</param>
    /// <param name="cancellation">Stops between two cases; what is stored stays.</param>
    /// <returns>One result per case, in their order.</returns>
    Task<ImmutableArray<PastCaseResult>> StoreAsync(IReadOnlyList<PastCase> cases, CancellationToken cancellation = default);
}
