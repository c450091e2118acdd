using Feedback.Api.Tests.Support;
using Feedback.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

[Collection(OneSite.Name)]
public sealed class SteadyClockTests(RunningSite site)
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 27, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void A_clock_that_is_set_changes_nothing_of_the_time_that_has_passed(int hours)
    {
        var machine = new MachineClock { Now = Morning };
        var steady = new SteadyClock(machine);
        Assert.Equal(Morning, steady.GetUtcNow());

        machine.Pass(TimeSpan.FromSeconds(90));
        machine.Now += TimeSpan.FromHours(hours);

        Assert.Equal(Morning.AddSeconds(90), steady.GetUtcNow());
    }

    [Fact]
    public void Orleans_plans_with_it_what_is_put_away() =>
        Assert.IsType<SteadyClock>(site.Services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.ActivationManagement));

    // Its wall clock can be set; what it counts since it was switched on cannot.
    private sealed class MachineClock : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => (_ticks, Now) = (_ticks + time.Ticks, Now + time);
    }
}
