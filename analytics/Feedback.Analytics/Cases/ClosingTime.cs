namespace Feedback.Analytics.Cases;

/// <summary>
/// How long cases of a category took from the opening to the closing, in natural time. Cases that are open are counted and are in no
/// quantile: where many are, the quantiles are too small, so that both numbers are always shown.
/// </summary>
/// <param name="Category">The code of the category; null for all together.</param>
/// <param name="Opened">Cases, closed or not.</param>
/// <param name="Closed">Of those: closed, the denominator of both quantiles.</param>
/// <param name="Median">The median (<see cref="NearestRank"/>); null (undefined) where none is closed.</param>
/// <param name="Ninetieth">The 90th percentile (<see cref="NearestRank"/>); null (undefined) where none is closed.</param>
public sealed record ClosingTime(string? Category, long Opened, long Closed, TimeSpan? Median, TimeSpan? Ninetieth)
{
    /// <summary>Cases of all categories together.</summary>
    public static ClosingTime OfAll(IEnumerable<CaseSpan> cases) => Of(null, cases);

    /// <summary>One per category that occurs: those with most cases first, then by code.</summary>
    public static IReadOnlyList<ClosingTime> ByCategory(IEnumerable<CaseSpan> cases) =>
    [
        .. cases.GroupBy(one => one.Category, StringComparer.Ordinal).Select(category => Of(category.Key, category))
            .OrderByDescending(time => time.Opened).ThenBy(time => time.Category, StringComparer.Ordinal),
    ];

    private static ClosingTime Of(string? category, IEnumerable<CaseSpan> cases)
    {
        var all = cases.ToList();
        var took = all.Select(one => one.Took).OfType<TimeSpan>().Order().ToList();
        return new ClosingTime(category, all.Count, took.Count, NearestRank.Of(took, 50), NearestRank.Of(took, 90));
    }
}
