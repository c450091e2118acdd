using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Hotline;

/// <summary>How many orders have a result, of those about which it is known.</summary>
/// <param name="Yes">Orders that have it, 0 to <paramref name="Of"/>.</param>
/// <param name="Of">Orders about which it is known.</param>
public readonly record struct HotlineCount(long Yes, long Of);

/// <summary>What the city's hotline says of the orders that it sent in one month: counts, or order by order.</summary>
public sealed record HotlineFigures
{
    /// <summary>The most orders that are told one by one.</summary>
    public const int MostListed = 10_000;

    /// <summary>The highest count that is taken.</summary>
    public const long MostOrders = 1_000_000;

    /// <summary>How months are written, such as <c>2026-01</c>.</summary>
    public const string MonthFormat = "yyyy-MM";

    private HotlineFigures(long orders, ImmutableSortedDictionary<string, HotlineCount> results, ImmutableSortedDictionary<string, OrderResults>? listed) =>
        (Orders, Results, Listed) = (orders, results, listed);

    /// <summary>How many orders the city sent, 0 to <see cref="MostOrders"/>.</summary>
    public long Orders { get; }

    /// <summary>The counts by the result's word (<see cref="OrderResults.Words"/>); a result that the city does not tell is not there.</summary>
    public ImmutableSortedDictionary<string, HotlineCount> Results { get; }

    /// <summary>The orders with their results by the city's number, from which all counts follow; null where only counts were told.</summary>
    public ImmutableSortedDictionary<string, OrderResults>? Listed { get; }

    /// <summary>Figures that are only counted.</summary>
    /// <param name="orders">How many orders the city sent.</param>
    /// <param name="results">The counts by word.</param>
    /// <returns>The figures, or why they contradict themselves.</returns>
    public static (HotlineFigures? Figures, Refusal? Refusal) Counted(long orders, IReadOnlyDictionary<string, HotlineCount> results)
    {
        if (orders is < 0 or > MostOrders)
            return (null, new Refusal("count-invalid", "orders", $"0–{MostOrders}"));
        foreach (var (word, count) in results)
        {
            if (!OrderResults.Words.Contains(word))
                return (null, new Refusal("hotline-result-unknown", "results", word));
            if (count.Of is < 0 or > MostOrders)
                return (null, new Refusal("count-invalid", $"results.{word}.of", $"0–{MostOrders}"));
            if (count.Yes < 0 || count.Yes > count.Of)
                return (null, new Refusal("count-invalid", $"results.{word}.yes", $"0–{count.Of}"));
        }

        return (new HotlineFigures(orders, results.ToImmutableSortedDictionary(StringComparer.Ordinal), null), null);
    }

    /// <summary>Figures that were told order by order; at most <see cref="MostListed"/>.</summary>
    public static HotlineFigures OrderByOrder(IReadOnlyDictionary<string, OrderResults> listed) => new(
        listed.Count,
        OrderResults.Words.Index().Select(word => (word.Item, Known: listed.Values.Select(order => order[word.Index]).OfType<bool>().ToList()))
            .Where(result => result.Known.Count > 0)
            .ToImmutableSortedDictionary(result => result.Item, result => new HotlineCount(result.Known.Count(yes => yes), result.Known.Count), StringComparer.Ordinal),
        listed.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>A month as it is written.</summary>
    public static string MonthText(DateOnly month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>Whether other figures say the very same.</summary>
    public bool IsSameAs(HotlineFigures other) =>
        Orders == other.Orders && Results.SequenceEqual(other.Results)
        && (Listed is null ? other.Listed is null : other.Listed is not null && Listed.SequenceEqual(other.Listed));
}
