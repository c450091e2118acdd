using Feedback.Api.Cases;
using Feedback.Domain.Lookups;
using Feedback.Grains.Cases;
using Feedback.Grains.Lookups;

namespace Feedback.Api.Ratings;

/// <summary>Tells what became of ratings to whoever shows their codes.</summary>
internal sealed class RatingFates(RatingLookups lookups, RatedCases cases, CaseSecrets codes, TimeProvider clock)
{
    /// <summary>By the code for links; null for a code that is not ours.</summary>
    public async Task<RatingAnswer?> FindAsync(string code, CancellationToken cancellation) =>
        await lookups.FindAsync(code) is { } standing ? await TellAsync(standing, lookups.Read(code), cancellation) : null;

    /// <summary>By the number and its six digits; null where they open nothing.</summary>
    public async Task<RatingAnswer?> FindAsync(string number, string queryCode, CancellationToken cancellation) =>
        await lookups.FindAsync(number, queryCode) is { } standing ? await TellAsync(standing, LookupCode.ReadNumber(number), cancellation) : null;

    private async Task<RatingAnswer> TellAsync(RatingStanding standing, LookupSubject? rating, CancellationToken cancellation) =>
        new(standing.Stored, standing.Counted, standing.Day, standing.Digest, standing.Unchanged)
        {
            // The case of a bad rating is never merged away.
            Case = rating is { } subject && await cases.FindAsync(subject, cancellation) is { } seen
                ? TrackedCase.Of(seen, survivor: null, codes.TrackingCodeOf(seen.State.Id), clock.GetUtcNow().ToUnixTimeMilliseconds())
                : null,
        };
}
