using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

public sealed class ClockHistoryTests
{
    private static readonly ClockHistory Running = Office.Started("2026-03-02 09:10", "5wd");

    [Fact]
    public void What_does_not_follow_is_refused_and_changes_nothing()
    {
        var (paused, stopped) = (Running.Paused("2026-03-03 10:00"), Running.Stopped("2026-03-03 10:00"));
        ClockMark start = new ClockStarted(0, Limit.WorkingDays(1)), pause = new ClockPaused(0, "x"), resume = new ClockResumed(0), stop = new ClockStopped(0),
            change = new LimitChanged(0, Limit.WorkingDays(2), Limit.WorkingDays(1), LimitChange.Policy), again = new ClockRestarted(0, Limit.WorkingDays(1));

        Assert.Equal(
            ["", "clock-not-running", "clock-not-paused", "clock-not-running", "clock-not-running", "clock-not-stopped"], Codes(ClockHistory.Empty));
        Assert.Equal(["clock-started-already", "", "clock-not-paused", "", "", "clock-not-stopped"], Codes(Running));
        Assert.Equal(["clock-started-already", "clock-not-running", "", "", "", "clock-not-stopped"], Codes(paused));
        Assert.Equal(["clock-started-already", "clock-not-running", "clock-not-paused", "clock-not-running", "clock-not-running", ""], Codes(stopped));
        Assert.Throws<InvalidOperationException>(() => stopped.With(stop));

        IEnumerable<string> Codes(ClockHistory history) =>
            new[] { start, pause, resume, stop, change, again }.Select(mark => history.Refused(mark)?.Code ?? "");
    }

    [Fact]
    public void A_mark_of_a_machine_whose_clock_runs_behind_counts_as_of_the_last_one()
    {
        var history = Running.Paused("2026-03-03 10:00").Resumed("2026-03-03 09:59");

        Assert.Equal(Office.At("2026-03-03 10:00"), history.Marks[^1].At);
    }

    [Fact]
    public void A_changed_limit_counts_from_the_start_and_the_one_before_is_kept()
    {
        var changed = Running.Changed("2026-03-05 10:00", "10wd", LimitChange.Policy);

        Assert.Equal(("2026-03-16 17:00", "10wd", "5wd"), (changed.Due(), changed.Limit.ToString(), changed.Runs[0].FirstLimit.ToString()));
        Assert.Equal(new LimitChanged(Office.At("2026-03-05 10:00"), Limit.WorkingDays(10), Limit.WorkingDays(5), LimitChange.Policy), changed.Marks[^1]);
    }

    [Fact]
    public void The_instant_of_the_deadline_is_in_time()
    {
        var (inTime, late) = (Running.Stopped("2026-03-09 17:00"), Running.With(new ClockStopped(Office.At("2026-03-09 17:00") + 1)));

        Assert.Equal((true, false), (inTime.Explained().Met, late.Explained().Met));
        Assert.Equal((0, 1), (inTime.Explained().LateBy(0), late.Explained().LateBy(0)));
        Assert.Equal((false, true), (Running.Explained().IsLate(Office.At("2026-03-09 17:00")), Running.Explained().IsLate(Office.At("2026-03-09 17:00") + 1)));
    }

    [Fact]
    public void A_clock_that_was_never_started_has_no_deadline() => Assert.Equal(Deadline.None, ClockHistory.Empty.Explained());

    [Theory]
    [InlineData("30min", "2026-03-09 16:30")]
    [InlineData("24h", "2026-03-08 17:00")]
    [InlineData("4wh", "2026-03-09 11:30")]
    [InlineData("8wh", "2026-03-06 15:30")]
    [InlineData("1wd", "2026-03-09 09:00")]
    [InlineData("2wd", "2026-03-06 09:00")]
    [InlineData("1d", "2026-03-09 09:00")]
    [InlineData("2d", "2026-03-06 09:00")] // the 8th is a Sunday
    [InlineData("4d", "2026-03-06 09:00")]
    public void A_warning_comes_so_long_before(string before, string at) =>
        Assert.Equal(at, Office.Local(Deadlines.Before(Office.At("2026-03-09 17:00"), Limit.Parse(before), Office.Shanghai)));

    [Theory]
    [InlineData("first-response", ClockKind.FirstResponse)]
    [InlineData("progress", ClockKind.Progress)]
    [InlineData("completion", ClockKind.Completion)]
    [InlineData("rectification", ClockKind.Rectification)]
    [InlineData("call-back", ClockKind.CallBack)]
    [InlineData("sign-for", ClockKind.SignFor)]
    public void A_clock_has_a_word(string word, ClockKind clock)
    {
        Assert.Equal((word, clock), (clock.Word(), ClockWords.ClockOf(word)));
        Assert.Null(ClockWords.ClockOf(word.ToUpperInvariant()));
    }
}
