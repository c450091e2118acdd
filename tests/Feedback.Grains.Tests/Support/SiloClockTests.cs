using Xunit;

namespace Feedback.Grains.Tests.Support;

public sealed class SiloClockTests
{
    [Fact]
    public async Task Who_waits_in_a_loop_for_less_than_a_millisecond_is_let_go()
    {
        var clock = new SiloClock(Some.Morning);
        var due = Some.Morning + TimeSpan.FromMilliseconds(0.4);

        while (due - clock.GetUtcNow() is { Ticks: > 0 } left)
            await Task.Delay(left, clock);

        Assert.Equal(Some.Morning, clock.GetUtcNow());
    }
}
