using Feedback.Analytics.Cases;
using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;
using Xunit;

namespace Feedback.Analytics.Tests.Cases;

public class HotlineComparisonTests
{
    private static readonly OrderResults Nothing = new(null, null, null, null, null, null);

    private static readonly Dictionary<string, OrderResults> Ours = new()
    {
        ["GD-1"] = Nothing with { Solved = true, Returned = false },
        ["GD-2"] = Nothing with { Solved = true, Returned = true },
        ["GD-3"] = Nothing with { Solved = false },
    };

    [Fact]
    public void Counts_stand_beside_ours_with_the_difference_and_no_orders()
    {
        var (theirs, _) = HotlineFigures.Counted(4, new Dictionary<string, HotlineCount> { ["solved"] = new(1, 4), ["satisfied"] = new(0, 0) });

        var comparison = HotlineComparison.Of(theirs, Ours);

        Assert.Equal((4, 3, null), (comparison.TheirOrders, comparison.OurOrders, comparison.Orders));
        var solved = comparison.Figures[2];
        Assert.Equal(new HotlineFigureComparison("solved", new Proportion(1, 4), new Proportion(2, 3), null), solved);
        Assert.Equal(2.0 / 3 - 0.25, solved.Difference!.Value, 12);
        // Told as nothing of nothing, and not told at all, are not the same; neither has a difference.
        Assert.Equal((new Proportion(0, 0), null), (comparison.Figures[3].Theirs, comparison.Figures[3].Difference));
        Assert.Equal((null, null), (comparison.Figures[4].Theirs, comparison.Figures[4].Difference));
    }

    [Fact]
    public void Orders_told_one_by_one_give_the_very_comparison_of_their_list()
    {
        var list = new Dictionary<string, OrderResults> { ["GD-1"] = Nothing with { Solved = false }, ["GD-9"] = Nothing with { Returned = true } };

        var comparison = HotlineComparison.Of(HotlineFigures.OrderByOrder(list), Ours);

        var orders = OrderComparison.Of(list, Ours);
        Assert.Equal(orders.Differences.AsEnumerable(), comparison.Orders!.Differences);
        Assert.Equal(
            orders.Results.Select(one => (one.Word, one.Theirs.Trials == 0 ? (Proportion?)null : one.Theirs, one.Ours, (long?)one.Differing)),
            comparison.Figures.Select(one => (one.Word, one.Theirs, one.Ours, one.Differing)));
    }

    [Fact]
    public void Ours_are_told_where_the_city_said_nothing()
    {
        var comparison = HotlineComparison.Of(null, Ours);

        Assert.Equal((null, 3, null), (comparison.TheirOrders, comparison.OurOrders, comparison.Orders));
        Assert.All(comparison.Figures, one => Assert.Null(one.Theirs));
    }
}
