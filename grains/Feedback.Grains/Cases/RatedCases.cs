using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Lookups;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Cases;

/// <summary>Finds what bad ratings led to, for whoever shows the code of a rating's receipt and so is its citizen.</summary>
public sealed class RatedCases(IJournal journal, CaseRecords records, CaseSight sight)
{
    /// <summary>The case that a rating opened, as its citizen sees it; null for none, and as long as the citizen was told nothing of it.</summary>
    /// <remarks>Until then a bad rating looks like every other one: who demands to see a receipt at the counter does not learn how somebody rated.</remarks>
    /// <param name="rating">The rating.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<SeenCase?> FindAsync(LookupSubject rating, CancellationToken cancellation = default)
    {
        if (await journal.FindAsync(StreamName.Window(rating.Window), rating.Version, cancellation) is not { } at
            || EventText.Read(at.Row).First(one => one.Version == rating.Version).Happened is not EvaluationAccepted rated
            || await records.FindAsync(BadRatings.CaseOf(rated), cancellation) is not { } found)
            return null;
        return found.State is { FirstResponseAt: null, Answer: null, Closing: null } ? null : await sight.SeeAsync(found, CaseActor.Citizen, cancellation);
    }
}
