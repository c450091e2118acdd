using CsCheck;
using Feedback.Analytics.Rates;
using Xunit;

namespace Feedback.Analytics.Tests.Rates;

public class WilsonIntervalTests
{
    // R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods",
    // Statistics in Medicine 17 (1998) 857–872, table I, method 3 (Wilson score, no continuity correction).
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Published_intervals_are_met(long successes, long trials, double low, double high)
    {
        var interval = WilsonInterval.Of(new Proportion(successes, trials))!.Value;

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Without_trials_there_is_no_interval() => Assert.Null(WilsonInterval.Of(default));

    [Fact]
    public void All_successes_reach_one_exactly_and_still_leave_doubt()
    {
        var interval = WilsonInterval.Of(new Proportion(29, 29))!.Value;

        Assert.Equal(1, interval.High);
        // With all succeeding the bound has a closed form, n / (n + z²).
        Assert.Equal(29 / (29 + 1.959963984540054 * 1.959963984540054), interval.Low, 12);
    }

    [Fact]
    public void The_ends_solve_the_score_equation_of_Wilson_1927() => Counts.Sample(count =>
    {
        var proportion = new Proportion(count.Successes, count.Trials);
        var interval = WilsonInterval.Of(proportion)!.Value;

        // (p̂ − p)² = z² p (1 − p) / n, the definition, checked at both ends.
        foreach (var end in (double[])[interval.Low, interval.High])
        {
            var distance = Math.Pow(proportion.Value!.Value - end, 2);
            var allowed = WilsonInterval.Z * WilsonInterval.Z * end * (1 - end) / count.Trials;
            Assert.True(Math.Abs(distance - allowed) < 1e-9, $"{proportion} {end}: {distance} against {allowed}");
        }
    });

    [Fact]
    public void The_interval_holds_the_share_and_mirrors_when_good_and_bad_change_places() => Counts.Sample(count =>
    {
        var proportion = new Proportion(count.Successes, count.Trials);
        var interval = WilsonInterval.Of(proportion)!.Value;
        var mirror = WilsonInterval.Of(new Proportion(count.Trials - count.Successes, count.Trials))!.Value;

        Assert.True(interval.Contains(proportion.Value!.Value));
        Assert.Equal(1 - interval.High, mirror.Low, 12);
        Assert.Equal(1 - interval.Low, mirror.High, 12);
    });

    private static readonly Gen<(long Successes, long Trials)> Counts =
        from trials in Gen.OneOf(Gen.Long[1, 200], Gen.Long[1, 1_000_000_000])
        from successes in Gen.Long[0, trials]
        select (successes, trials);
}
