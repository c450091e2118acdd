using Feedback.Seeds.Simulation;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

public sealed class LatenciesTests
{
    private readonly Latencies _latencies = new();

    [Fact]
    public void Nothing_answered_has_no_quantiles() => Assert.Equal(LatencySummary.None, _latencies.Summary);

    [Fact]
    public void Quantiles_are_at_most_two_percent_too_high_and_the_longest_is_exact()
    {
        for (var i = 1; i <= 1000; i++)
            _latencies.Add(TimeSpan.FromMilliseconds(i));

        var (answered, p50, p90, p99, longest) = _latencies.Summary;

        Assert.Equal((1000, 1000.0), (answered, longest));
        Assert.InRange(p50!.Value, 500, 510);
        Assert.InRange(p90!.Value, 900, 918);
        Assert.InRange(p99!.Value, 990, 1000);
    }

    [Fact]
    public void What_lies_beyond_the_buckets_is_counted_at_their_ends()
    {
        _latencies.Add(TimeSpan.Zero);
        _latencies.Add(TimeSpan.FromHours(1));

        Assert.Equal((2, 0.05, 3_600_000.0), (_latencies.Summary.Answered, _latencies.Summary.P50, _latencies.Summary.Max));
    }
}
