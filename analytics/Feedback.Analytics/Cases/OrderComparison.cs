using System.Collections.Immutable;
using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;

namespace Feedback.Analytics.Cases;

/// <summary>One result beside the other side's.</summary>
/// <param name="Word">The result (<see cref="OrderResults.Words"/>).</param>
/// <param name="Theirs">Yes, of the city's orders of which it knows; undefined where it knows of none.</param>
/// <param name="Ours">The same of ours.</param>
/// <param name="Differing">Orders of which both know, and not the same.</param>
public sealed record ResultComparison(string Word, Proportion Theirs, Proportion Ours, long Differing);

/// <summary>An order about which both sides do not say the same.</summary>
/// <param name="Number">The city's number.</param>
/// <param name="What"><c>only-theirs</c>, <c>only-ours</c>, or the result that differs.</param>
/// <param name="Theirs">What the city says; null for an order that only one side has.</param>
/// <param name="Ours">What we say; null for an order that only one side has.</param>
public sealed record OrderDifference(string Number, string What, bool? Theirs, bool? Ours);

/// <summary>The city's own list of orders with its results beside ours, order by order.</summary>
/// <param name="Both">Orders that both sides have.</param>
/// <param name="Results">Result by result, over all orders of each side.</param>
/// <param name="Differences">What differs, by number and then in the order of the results.</param>
public sealed record OrderComparison(long Both, ImmutableArray<ResultComparison> Results, ImmutableArray<OrderDifference> Differences)
{
    /// <summary>Compares. What one side does not know of an order is no difference.</summary>
    public static OrderComparison Of(IReadOnlyDictionary<string, OrderResults> theirs, IReadOnlyDictionary<string, OrderResults> ours)
    {
        var differences = new List<OrderDifference>();
        differences.AddRange(theirs.Keys.Where(number => !ours.ContainsKey(number)).Select(number => new OrderDifference(number, "only-theirs", null, null)));
        differences.AddRange(ours.Keys.Where(number => !theirs.ContainsKey(number)).Select(number => new OrderDifference(number, "only-ours", null, null)));
        var both = theirs.Keys.Where(ours.ContainsKey).ToList();
        foreach (var (index, word) in OrderResults.Words.Index())
        {
            differences.AddRange(both.Where(number => theirs[number][index] is { } one && ours[number][index] is { } other && one != other)
                .Select(number => new OrderDifference(number, word, theirs[number][index], ours[number][index])));
        }

        return new OrderComparison(
            both.Count,
            [.. OrderResults.Words.Index().Select(word => new ResultComparison(
                word.Item, Share(theirs.Values, word.Index), Share(ours.Values, word.Index), differences.LongCount(one => one.What == word.Item)))],
            [.. differences.OrderBy(one => one.Number, StringComparer.Ordinal)]);
    }

    private static Proportion Share(IEnumerable<OrderResults> orders, int index)
    {
        var known = orders.Select(order => order[index]).OfType<bool>().ToList();
        return new Proportion(known.Count(yes => yes), known.Count);
    }
}
