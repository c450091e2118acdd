using System.Collections.Immutable;
using Feedback.Domain.Cases;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>What the demo's cases add up to, counted without the service: it must come to the same.</summary>
/// <param name="Cases">Cases by kind and stage, as in <c>complaint closed</c>.</param>
/// <param name="Openings">Openings of suggestion boxes.</param>
/// <param name="Papers">Papers found in them.</param>
public sealed record CaseTotals(ImmutableSortedDictionary<string, long> Cases, long Openings, long Papers)
{
    /// <summary>How many cases there are.</summary>
    public long All => Cases.Values.Sum();

    /// <summary>How many of them are open.</summary>
    public long Open => Cases.Where(one => !one.Key.EndsWith(" closed", StringComparison.Ordinal) && !one.Key.EndsWith(" merged", StringComparison.Ordinal)).Sum(one => one.Value);

    /// <summary>Adds them up.</summary>
    public static CaseTotals Of(IEnumerable<PlannedCase> cases, IReadOnlyCollection<PlannedOpening> openings) => new(
        cases.GroupBy(one => $"{one.Kind.Word()} {one.Stage.Word()}").ToImmutableSortedDictionary(group => group.Key, group => group.LongCount(), StringComparer.Ordinal),
        openings.Count, openings.Sum(opening => (long)opening.Found));
}
