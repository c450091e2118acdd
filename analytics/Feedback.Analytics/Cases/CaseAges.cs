using System.Collections.Immutable;

namespace Feedback.Analytics.Cases;

/// <summary>Open cases whose age lies in [<paramref name="From"/>, <paramref name="To"/>).</summary>
/// <param name="From">The least age.</param>
/// <param name="To">The age that no longer belongs to it; null without end.</param>
/// <param name="Cases">How many.</param>
public readonly record struct AgeBand(TimeSpan From, TimeSpan? To, long Cases);

/// <summary>How old the cases are that are open at an instant, in natural time.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Bands">By age, the youngest first; without gap or overlap.</param>
/// <param name="Median">The median age (<see cref="NearestRank"/>); null (undefined) where none is open.</param>
/// <param name="Oldest">The age of the oldest; null where none is open.</param>
public sealed record CaseAges(long Open, ImmutableArray<AgeBand> Bands, TimeSpan? Median, TimeSpan? Oldest)
{
    /// <summary>Bands that fit most cases: up to 1, 7, 15, 30 and 90 days, and older.</summary>
    public static readonly ImmutableArray<TimeSpan> UsualBounds = [.. ((int[])[1, 7, 15, 30, 90]).Select(days => TimeSpan.FromDays(days))];

    /// <summary>The ages at an instant.</summary>
    /// <param name="cases">The cases, closed ones too.</param>
    /// <param name="asOf">Milliseconds UTC.</param>
    /// <param name="bounds">Where a band ends and the next begins, ascending and above 0.</param>
    /// <exception cref="ArgumentException">The bounds do not rise from above 0.</exception>
    public static CaseAges Of(IEnumerable<CaseSpan> cases, long asOf, ImmutableArray<TimeSpan> bounds)
    {
        if (bounds.Prepend(TimeSpan.Zero).Zip(bounds).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException("Bounds rise from above 0.", nameof(bounds));
        var ages = cases.Where(one => one.IsOpenAt(asOf)).Select(one => TimeSpan.FromMilliseconds(asOf - one.OpenedAt)).Order().ToList();
        var bands = bounds.Prepend(TimeSpan.Zero).Zip(bounds.Select(bound => (TimeSpan?)bound).Append(null))
            .Select(band => new AgeBand(band.First, band.Second, ages.LongCount(age => age >= band.First && !(age >= band.Second))));
        return new CaseAges(ages.Count, [.. bands], NearestRank.Of(ages, 50), ages.Count == 0 ? null : ages[^1]);
    }
}
