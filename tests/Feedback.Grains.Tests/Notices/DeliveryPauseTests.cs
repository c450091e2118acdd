using Feedback.Grains.Notices;
using Xunit;

namespace Feedback.Grains.Tests.Notices;

/// <summary>When a message is sent again.</summary>
public sealed class DeliveryPauseTests
{
    [Fact]
    public void Pauses_double_up_to_the_longest_and_the_last_try_is_at_the_end()
    {
        var tries = Tries(DeliveryPause.OfHooks);

        Assert.Equal([0, 5, 10, 20, 40, 80], tries.Take(6));
        Assert.InRange(tries.Count, 25, 35);
        Assert.Equal(3 * 24 * 3600, tries[^1]);
        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 4 * 3600));
        Assert.InRange(Tries(DeliveryPause.OfMails).Count, 25, 40);
    }

    [Fact]
    public void A_line_rests_after_a_failure_and_longer_after_each_further_one_and_is_itself_again_after_a_success()
    {
        var line = new DeliveryLine();
        Assert.Null(line.Enter(0));
        Assert.True(line.Leave(isAlive: false, 0));
        Assert.Equal(1000, line.Enter(999));
        Assert.Null(line.Enter(1000));
        Assert.False(line.Leave(isAlive: false, 1000));
        Assert.Equal(3000, line.Enter(1001));
        Assert.Null(line.Enter(3000));
        // One tries whether it is alive again, and others wait for that.
        Assert.Equal(4000, line.Enter(3000));
        line.Leave(isAlive: true, 3000);
        for (var number = 0; number < DeliveryLine.MostAtOnce; number++)
            Assert.Null(line.Enter(3000));
        Assert.Equal(4000, line.Enter(3000));
    }

    // Seconds after the first try.
    private static List<long> Tries(DeliveryPause pause)
    {
        var tries = new List<long> { 0 };
        for (long? at = pause.Next(0, 0); at is { } now; at = pause.Next(0, now))
            tries.Add(now / 1000);
        return tries;
    }
}
