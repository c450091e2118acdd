using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;
using Xunit;

namespace Feedback.Domain.Tests.Hotline;

public class HotlineFiguresTests
{
    private static readonly OrderResults Nothing = new(null, null, null, null, null, null);

    [Theory]
    [InlineData(-1, "solved", 0, 0, "count-invalid", "orders")]
    [InlineData(1_000_001, "solved", 0, 0, "count-invalid", "orders")]
    [InlineData(5, "solved", 3, 2, "count-invalid", "results.solved.yes")]
    [InlineData(5, "solved", -1, 2, "count-invalid", "results.solved.yes")]
    [InlineData(5, "solved", 0, -1, "count-invalid", "results.solved.of")]
    [InlineData(5, "happy", 0, 1, "hotline-result-unknown", "results")]
    public void Counts_that_cannot_be_are_refused(long orders, string word, long yes, long of, string code, string field)
    {
        var (figures, refusal) = HotlineFigures.Counted(orders, new Dictionary<string, HotlineCount> { [word] = new(yes, of) });

        Assert.Null(figures);
        Assert.Equal((code, field), (refusal!.Code, refusal.Field));
    }

    [Fact]
    public void Orders_told_one_by_one_are_counted_as_far_as_they_are_known()
    {
        var figures = HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults>
        {
            ["GD-1"] = Nothing with { Solved = true },
            ["GD-2"] = Nothing with { Solved = false },
            ["GD-3"] = Nothing,
        });

        Assert.Equal(3, figures.Orders);
        Assert.Equal([new("solved", new HotlineCount(1, 2))], figures.Results);
    }

    [Fact]
    public void Figures_are_the_same_when_they_say_the_same()
    {
        var counted = Counted(5, 2);
        var listed = HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults> { ["GD-1"] = Nothing with { Solved = true } });

        Assert.True(counted.IsSameAs(Counted(5, 2)));
        Assert.False(counted.IsSameAs(Counted(5, 1)));
        Assert.False(counted.IsSameAs(Counted(6, 2)));
        Assert.True(listed.IsSameAs(HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults> { ["GD-1"] = Nothing with { Solved = true } })));
        Assert.False(listed.IsSameAs(HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults> { ["GD-2"] = Nothing with { Solved = true } })));
        Assert.False(listed.IsSameAs(Counted(1, 1)));
    }

    private static HotlineFigures Counted(long orders, long solved) =>
        HotlineFigures.Counted(orders, new Dictionary<string, HotlineCount> { ["solved"] = new(solved, 5) }).Figures!;
}
