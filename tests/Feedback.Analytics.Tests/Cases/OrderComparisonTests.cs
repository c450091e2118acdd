using Feedback.Analytics.Cases;
using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Analytics.Tests.Cases;

public class OrderComparisonTests
{
    private static readonly OrderResults Nothing = new(null, null, null, null, null, null);

    [Fact]
    public void Orders_of_one_side_and_results_that_differ_are_told_by_number()
    {
        var theirs = new Dictionary<string, OrderResults>
        {
            ["GD-1"] = Nothing with { Solved = true, Satisfied = true },
            ["GD-2"] = Nothing with { Solved = false, SignedInTime = false },
            ["GD-9"] = Nothing with { Solved = false },
        };
        var ours = new Dictionary<string, OrderResults>
        {
            ["GD-1"] = Nothing with { Solved = true, Satisfied = false },
            ["GD-2"] = Nothing with { Solved = true, SignedInTime = true, Returned = false },
            ["GD-3"] = Nothing,
        };

        var comparison = OrderComparison.Of(theirs, ours);

        Assert.Equal(2, comparison.Both);
        Assert.Equal(
            [
                new OrderDifference("GD-1", "satisfied", true, false), new OrderDifference("GD-2", "signed-in-time", false, true),
                new OrderDifference("GD-2", "solved", false, true), new OrderDifference("GD-3", "only-ours", null, null), new OrderDifference("GD-9", "only-theirs", null, null),
            ],
            comparison.Differences.AsEnumerable());
        Assert.Equal(new ResultComparison("solved", new Proportion(1, 3), new Proportion(2, 2), 1), comparison.Results[2]);
        // What nobody knows has no rate.
        Assert.Null(comparison.Results[1].Theirs.Value);
    }

    [Fact]
    public void What_one_side_does_not_know_is_no_difference() => Assert.Empty(OrderComparison.Of(
        new Dictionary<string, OrderResults> { ["GD-1"] = Nothing with { Solved = true } },
        new Dictionary<string, OrderResults> { ["GD-1"] = Nothing with { Returned = false } }).Differences);
}
