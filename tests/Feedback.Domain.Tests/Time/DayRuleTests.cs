using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Xunit;

namespace Feedback.Domain.Tests.Time;

public sealed class DayRuleTests
{
    private static readonly HallZone Shanghai = HallZone.Get("Asia/Shanghai");

    [Fact]
    public void A_devices_time_decides_day_and_hour()
    {
        var counted = Count(Some.At("2026-03-01T23:59:59+08:00"));
        Assert.Equal(new CountedTime(Some.On("2026-03-01"), 23, null), counted);
    }

    [Fact]
    public void A_time_exactly_90_days_back_is_believed() =>
        Assert.Equal(new CountedTime(Some.On("2025-12-02"), 9, null), Count(Some.Morning - DayRule.Patience));

    [Fact]
    public void A_time_one_millisecond_further_back_is_not() =>
        Assert.Equal(new CountedTime(Some.On("2026-03-02"), 9, DayRule.ClockBehind), Count(Some.Morning - DayRule.Patience - 1));

    [Fact]
    public void A_time_exactly_five_minutes_ahead_is_believed()
    {
        var received = Some.At("2026-03-01T23:55:00+08:00");
        Assert.Equal(new CountedTime(Some.On("2026-03-02"), 0, null), Count(received + DayRule.Ahead, received));
    }

    [Fact]
    public void A_time_one_millisecond_further_ahead_is_not()
    {
        var received = Some.At("2026-03-01T23:55:00+08:00");
        Assert.Equal(new CountedTime(Some.On("2026-03-01"), 23, DayRule.ClockAhead), Count(received + DayRule.Ahead + 1, received));
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(+1)]
    public void An_imports_time_is_always_believed(int days)
    {
        var claimed = Some.Morning + (days * Some.Day);
        Assert.Equal(
            new CountedTime(Some.On("2026-03-02").AddDays(days), 9, null),
            DayRule.Count(new Moment(claimed, 480), Some.Morning, Shanghai, imported: true));
    }

    [Fact]
    public void A_source_that_knows_only_the_day_has_no_hour()
    {
        var day = Moment.OnDay(Some.On("2026-02-27"), Shanghai);
        Assert.Equal(new CountedTime(Some.On("2026-02-27"), null, null), DayRule.Count(day, Some.Morning, Shanghai, imported: false));
    }

    [Fact]
    public void A_day_that_is_not_believed_gives_way_to_the_received_day_and_hour()
    {
        var day = Moment.OnDay(Some.On("2025-06-01"), Shanghai);
        Assert.Equal(
            new CountedTime(Some.On("2026-03-02"), 9, DayRule.ClockBehind), DayRule.Count(day, Some.Morning, Shanghai, imported: false));
    }

    [Fact]
    public void The_devices_own_offset_does_not_move_the_halls_day()
    {
        var inLondon = new Moment(Some.At("2026-03-01T23:30:00+00:00"), 0);
        Assert.Equal(Some.On("2026-03-02"), DayRule.Count(inLondon, Some.Morning, Shanghai, imported: false).Day);
    }

    [Fact]
    public void A_time_is_believed_exactly_when_it_carries_no_flag() => Gen.Select(
            Gen.Long[-100 * Some.Day, 100 * Some.Day], Gen.Long[0, 100 * 365 * Some.Day])
        .Sample(
            (offset, received) =>
            {
                var counted = DayRule.Count(new Moment(received + offset, 0), received, Shanghai, imported: false);
                var believed = offset is >= -90 * Some.Day and <= 5 * Some.Minute;
                return believed == counted.Flag is null
                    && Shanghai.LocalTime(believed ? received + offset : received) == (counted.Day, counted.Hour!.Value);
            },
            iter: 10_000);

    private static CountedTime Count(long claimed, long received = Some.Morning) =>
        DayRule.Count(new Moment(claimed, 480), received, Shanghai, imported: false);
}
