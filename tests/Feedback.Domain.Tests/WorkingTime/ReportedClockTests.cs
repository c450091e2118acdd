using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>What users of other systems reported about clocks, each with its thread.</summary>
public sealed class ReportedClockTests
{
    // zammad/zammad#5177
    [Fact]
    public void First_response_and_resolution_are_different_clocks()
    {
        var first = Office.Started("2026-03-02 09:10", "1wd").Stopped("2026-03-02 15:00");
        var completion = Office.Started("2026-03-02 09:10", "5wd");

        Assert.True(first.Explained().Met);
        Assert.Equal((ClockState.Running, "2026-03-09 17:00"), (completion.State, completion.Due()));
    }

    // zammad/zammad#3140
    [Fact]
    public void The_clock_stops_when_the_citizen_is_answered()
    {
        var answered = Office.Started("2026-03-02 09:10", "1wd").Stopped("2026-03-03 16:59").Explained();

        Assert.Equal((true, null, 0L), (answered.Met, answered.DueAt, answered.LateBy(Office.At("2026-04-01 09:00"))));
        Assert.False(answered.IsLate(Office.At("2026-04-01 09:00")));
    }

    // zammad/zammad#390
    [Fact]
    public void Holidays_and_the_days_worked_for_them_are_counted_right() =>
        Assert.Equal("2026-10-12 17:00", Office.Started("2026-09-29 11:00", "5wd").Due());

    // glpi-project/glpi#24481
    [Theory]
    [InlineData("5wd")]
    [InlineData("16wh")]
    [InlineData("48h")]
    [InlineData("5d")]
    public void A_paused_clock_never_breaches(string limit)
    {
        var paused = Office.Started("2026-03-02 09:10", limit).Paused("2026-03-03 10:00");

        Assert.Equal((ClockState.Paused, null, null), (paused.Explained().State, paused.Explained().At, paused.Explained().DueAt));
        Assert.False(paused.Explained().IsLate(Office.At("2026-12-01 09:00")));
        Assert.True(paused.Stopped("2026-05-01 09:00").Explained().Met);
    }

    [Theory]
    [InlineData("2026-03-09 14:00", "2026-03-11 10:00", "2026-03-11 17:00")]
    [InlineData("2026-03-09 14:00", "2026-03-13 19:00", "2026-03-16 17:00")]
    [InlineData("2026-03-09 14:00", "2026-03-09 19:00", "2026-03-10 17:00")]
    [InlineData("2026-03-09 14:00", "2026-03-09 15:00", "2026-03-09 17:00")]
    public void A_pause_on_the_last_day_leaves_the_rest_of_a_day(string paused, string resumed, string due) =>
        Assert.Equal(due, Office.Started("2026-03-02 09:10", "5wd").Paused(paused).Resumed(resumed).Due());

    // glpi-project/glpi#15605
    [Fact]
    public void A_pause_is_not_lost_when_the_limit_is_changed_meanwhile()
    {
        var paused = Office.Started("2026-03-02 09:10", "5wd").Paused("2026-03-04 10:00");
        var changed = paused.Changed("2026-03-05 10:00", "8wd");

        Assert.Equal((ClockState.Paused, "-"), (changed.State, changed.Due()));
        Assert.Equal("2026-03-13 17:00", paused.Resumed("2026-03-10 14:00").Due());
        Assert.Equal("2026-03-18 17:00", changed.Resumed("2026-03-10 14:00").Due());
    }

    // A transfer writes no mark: the same history, counted with the hours of the office that has the case now.
    [Fact]
    public void A_pause_is_not_lost_when_the_case_is_transferred()
    {
        var history = Office.Started("2026-03-02 09:10", "5wd").Paused("2026-03-04 10:00").Resumed("2026-03-10 14:00");
        var other = Office.Shanghai with { Hours = OpeningHours.Parse("08:30-12:00,14:00-18:00") };

        Assert.Equal("2026-03-13 18:00", Office.Local(Deadlines.Explain(history, other).At));
    }

    // glpi-project/glpi#10594
    [Theory]
    [InlineData("2026-03-04 10:00", "2026-03-10 14:00", "2026-03-13 17:00")] // 3rd and 4th were used; 11, 12, 13
    [InlineData("2026-03-04 08:00", "2026-03-10 14:00", "2026-03-16 17:00")] // before the opening: the 4th is still to be counted
    [InlineData("2026-03-04 10:00", "2026-03-10 08:30", "2026-03-12 17:00")] // before the opening: the 10th counts
    [InlineData("2026-03-04 08:00", "2026-03-10 08:30", "2026-03-13 17:00")]
    [InlineData("2026-03-04 10:00", "2026-03-04 16:00", "2026-03-09 17:00")] // within one day nothing changes
    [InlineData("2026-03-04 07:00", "2026-03-04 16:00", "2026-03-09 17:00")]
    [InlineData("2026-03-07 10:00", "2026-03-08 10:00", "2026-03-09 17:00")] // nor over days of rest
    [InlineData("2026-03-02 09:20", "2026-03-03 10:00", "2026-03-10 17:00")]
    public void Days_of_a_pause_are_counted_right(string paused, string resumed, string due) =>
        Assert.Equal(due, Office.Started("2026-03-02 09:10", "5wd").Paused(paused).Resumed(resumed).Due());

    [Theory]
    [InlineData("2026-03-04 10:00", "2026-03-06 10:00", "2026-03-11 17:00")] // 7 calendar days, two of them lost
    [InlineData("2026-03-06 10:00", "2026-03-08 10:00", "2026-03-11 17:00")]
    public void Calendar_days_of_a_pause_are_counted_right(string paused, string resumed, string due) =>
        Assert.Equal(due, Office.Started("2026-03-02 09:10", "7d").Paused(paused).Resumed(resumed).Due());

    [Theory]
    [InlineData("16wh", "2026-03-03 10:00", "2026-03-05 11:00", "2026-03-06 14:40")] // 6 h 20 and 1 h used; 8 h 40 left: 4 h 30, then 4 h 10
    [InlineData("48h", "2026-03-03 10:00", "2026-03-05 11:00", "2026-03-06 10:10")]
    [InlineData("16wh", "2026-03-03 12:10", "2026-03-03 13:20", "2026-03-04 13:40")] // over lunch: nothing changes
    public void Hours_of_a_pause_are_exact(string limit, string paused, string resumed, string due) =>
        Assert.Equal(due, Office.Started("2026-03-02 09:10", limit).Paused(paused).Resumed(resumed).Due());

    [Theory]
    [InlineData("5wd", "2026-03-09 17:00")]
    [InlineData("2h", "2026-03-02 11:10")]
    public void A_pause_after_the_deadline_mends_nothing(string limit, string due)
    {
        var paused = Office.Started("2026-03-02 09:10", limit).Paused("2026-03-09 17:01");

        Assert.Equal((due, true, null), (paused.Due(), paused.Explained().IsLate(Office.At("2026-03-09 17:01")), paused.Explained().DueAt));
        Assert.Equal(due, paused.Resumed("2026-03-12 10:00").Due());
        Assert.False(paused.Stopped("2026-03-12 10:00").Explained().Met);
    }

    // glpi-project/glpi PR #22678
    [Theory]
    [InlineData("1wd")]
    [InlineData("3d")]
    [InlineData("15wd")]
    public void Escalations_and_warnings_of_limits_in_days_never_fire_at_midnight(string limit)
    {
        var due = Office.Started("2026-03-02 00:00", "1wd").Explained().At!.Value;

        Assert.EndsWith("17:00", Office.Local(due), StringComparison.Ordinal);
        Assert.EndsWith("17:00", Office.Local(Deadlines.After(due, Limit.Parse(limit), Office.Shanghai)), StringComparison.Ordinal);
        Assert.EndsWith("09:00", Office.Local(Deadlines.Before(due, Limit.Parse(limit), Office.Shanghai)), StringComparison.Ordinal);
    }

    // chatwoot/chatwoot#14009
    [Theory]
    [InlineData("09:00-12:00,13:30-17:00", "2026-03-02 11:30", "2wh", "2026-03-02 15:00")]
    [InlineData("08:00-11:00,12:00-15:00,16:00-20:00", "2026-03-02 10:30", "5wh", "2026-03-02 17:30")]
    [InlineData("Mon-Fri 09:00-17:00; Sat 09:00-12:00", "2026-03-06 16:00", "2wh", "2026-03-07 10:00")]
    [InlineData("00:00-08:00,16:00-24:00; Sat-Sun 00:00-24:00; Hol 00:00-24:00", "2026-03-02 20:00", "6wh", "2026-03-03 02:00")]
    [InlineData("00:00-24:00; Hol 00:00-24:00", "2026-02-16 20:00", "6wh", "2026-02-17 02:00")]
    public void Lunch_breaks_and_split_shifts_are_left_out(string hours, string start, string limit, string due) =>
        Assert.Equal(due, Office.Local(Deadlines.Explain(Office.Started(start, limit), Office.Shanghai with { Hours = OpeningHours.Parse(hours) }).At));
}
