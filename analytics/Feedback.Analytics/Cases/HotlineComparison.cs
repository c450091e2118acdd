using System.Collections.Immutable;
using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;

namespace Feedback.Analytics.Cases;

/// <summary>One figure of the city's beside ours.</summary>
/// <param name="Word">The result (<see cref="OrderResults.Words"/>).</param>
/// <param name="Theirs">Yes, of the orders about which the city knows; null where it does not tell.</param>
/// <param name="Ours">The same of ours; undefined where we know of none.</param>
/// <param name="Differing">Orders of which both know, and not the same; null where the city told no orders one by one.</param>
public sealed record HotlineFigureComparison(string Word, Proportion? Theirs, Proportion Ours, long? Differing)
{
    /// <summary>Our share less theirs, −1 to 1; null where either is undefined or not told.</summary>
    public double? Difference => Ours.Value - Theirs?.Value;
}

/// <summary>What the city told of its hotline beside what we know: the same comparison that is made of its list of orders.</summary>
/// <param name="TheirOrders">How many orders the city sent; null when it told nothing.</param>
/// <param name="OurOrders">How many we received.</param>
/// <param name="Figures">Figure by figure, in the order of <see cref="OrderResults.Words"/>.</param>
/// <param name="Orders">Order by order; null where the city told no orders one by one.</param>
public sealed record HotlineComparison(long? TheirOrders, long OurOrders, ImmutableArray<HotlineFigureComparison> Figures, OrderComparison? Orders)
{
    private static readonly ImmutableDictionary<string, OrderResults> None = ImmutableDictionary<string, OrderResults>.Empty;

    /// <summary>Compares.</summary>
    /// <param name="theirs">What the city told; null for nothing.</param>
    /// <param name="ours">Our orders of the same days, by the city's number.</param>
    public static HotlineComparison Of(HotlineFigures? theirs, IReadOnlyDictionary<string, OrderResults> ours)
    {
        var orders = OrderComparison.Of(theirs?.Listed ?? (IReadOnlyDictionary<string, OrderResults>)None, ours);
        var isListed = theirs?.Listed is not null;
        return new HotlineComparison(
            theirs?.Orders, ours.Count,
            [.. orders.Results.Select(result => new HotlineFigureComparison(
                result.Word, theirs?.Results.TryGetValue(result.Word, out var told) is true ? new Proportion(told.Yes, told.Of) : null,
                result.Ours, isListed ? result.Differing : null))],
            isListed ? orders : null);
    }
}
