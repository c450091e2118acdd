using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>A deadline that runs into a year whose holidays nobody knows is pending (待定), never a guess.</summary>
public sealed class PendingTests
{
    private static readonly CalendarYear Next = new(
        2027, [new Holiday(new(2026, 12, 31), "元旦", "New Year's Day"), new Holiday(new(2027, 1, 1), "元旦", "New Year's Day")], [new(2027, 1, 3)], "made up for this test");

    [Theory]
    [InlineData("5wd", "2027-01-06 17:00")] // 30; 3 (a worked Sunday), 4, 5, 6
    [InlineData("20wh", "2027-01-05 09:30")] // 6 h 30 each on the 30th, the 3rd and the 4th
    [InlineData("3d", "2027-01-03 17:00")] // the 1st is a holiday
    public void It_is_fixed_by_importing_the_year(string limit, string due)
    {
        var history = Office.Started("2026-12-29 17:00", limit);
        var pending = history.Explained();

        Assert.Equal((null, null, 2027), (pending.At, pending.DueAt, pending.Pending));
        Assert.False(pending.IsLate(Office.At("2027-06-01 09:00")));
        Assert.Equal((due, null), (Office.Local(history.Explained(WorkCalendar.China.With(Next)).At), history.Explained(WorkCalendar.China.With(Next)).Pending));
    }

    [Fact]
    public void Elapsed_hours_need_no_calendar() => Assert.Equal("2027-01-01 16:00", Office.Started("2026-12-31 16:00", "24h").Due());

    [Fact]
    public void A_desk_that_is_always_open_needs_no_calendar() => Assert.Equal(
        "2027-01-01 16:00",
        Office.Local(Deadlines.Explain(Office.Started("2026-12-31 16:00", "24wh"), Office.Shanghai with { Hours = OpeningHours.Parse("00:00-24:00; Hol 00:00-24:00") }).At));

    [Fact]
    public void Whether_a_stopped_clock_was_in_time_is_pending_as_well()
    {
        var stopped = Office.Started("2026-12-29 17:00", "5wd").Stopped("2027-01-07 10:00");

        Assert.Null(stopped.Explained().Met);
        Assert.False(stopped.Explained(WorkCalendar.China.With(Next)).Met);
    }

    [Fact]
    public void A_pause_over_the_end_of_a_year_is_pending_until_the_year_is_known() =>
        Assert.Equal(2027, Office.Started("2026-12-29 10:00", "5wd").Paused("2026-12-30 10:00").Resumed("2027-01-04 10:00").Explained().Pending);

    [Fact]
    public void While_it_waits_nothing_is_pending() => Assert.Equal(
        (ClockState.Paused, false), (Office.Started("2026-12-29 10:00", "2wd").Paused("2026-12-30 10:00").State, Office.Started("2026-12-29 10:00", "2wd").Paused("2026-12-30 10:00").Explained().IsLate(long.MaxValue)));
}
