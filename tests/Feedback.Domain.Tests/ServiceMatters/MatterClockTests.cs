using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.MatterDesk;

namespace Feedback.Domain.Tests.ServiceMatters;

/// <summary>Limits of matters (限时办结制) by the calendar of China.</summary>
public sealed class MatterClockTests
{
    // 春节：2026年2月15日至23日放假，2月14日（周六）、2月28日（周六）上班。
    [Fact]
    public void A_matter_goes_from_the_first_visit_to_its_result_across_Spring_Festival_with_a_day_made_up()
    {
        var desk = new MatterDesk { Limit = "5wd" }.At("2026-02-12 10:00");
        desk.Do(Acceptance(Photo with { DueOn = new DateOnly(2026, 2, 28) }));
        Assert.Equal("2026-02-26 17:00", Office.Local(desk.Times.Explained.At)); // 13, 14; 24, 25, 26
        var words = string.Concat(DeadlineWords.Of(desk.Times.Explained, HallZone.Get("Asia/Shanghai"), chinese: true));
        Assert.Contains("2月14日（周六）调休上班", words, StringComparison.Ordinal);
        Assert.Contains("春节", words, StringComparison.Ordinal);
        Assert.Equal(desk.Times.Explained.At + 1, desk.Times.Next);

        desk.At("2026-02-24 09:30").Visit();
        desk.At("2026-02-26 17:00").Do(new FindOverdue()).Do(new CompleteMatter("granted"));
        desk.At("2026-02-28 11:00").Do(new SupplementMatter(["photo"]));

        Assert.Equal((MatterStage.Completed, 2, "2026-02-26 17:00"), (desk.State.Stage, desk.State.Completion!.Visits, Office.Local(desk.State.Completion.Deadline)));
        Assert.Empty(desk.Blamed);
        Assert.Empty(desk.State.Outstanding);
        Assert.Null(desk.Times.Next);
        Assert.Equal((1, 1), MatterFlows.OnTime.Of(desk.Counts));
        Assert.Equal((1, 1), MatterFlows.TwoVisits.Of(desk.Counts));
        Assert.Equal(1, desk.Days[new DateOnly(2026, 2, 26)][MatterFlows.InTime]);
    }

    [Fact]
    public void The_clock_waits_for_documents_that_must_come_first_and_runs_on_with_the_last_of_them()
    {
        var desk = new MatterDesk { Limit = "2wd" }.Do(Acceptance(Licence, Licence with { Code = "plan" }, Photo));
        Assert.Equal((ClockState.Paused, null, null), (desk.State.Clock.State, desk.Times.Explained.At, desk.Times.Next));
        Assert.Empty(desk.At("2026-03-20 10:00").Do(new FindOverdue()).Blamed);

        desk.Do(new SupplementMatter(["licence"]));
        Assert.True(desk.State.Waits);
        desk.At("2026-03-23 10:00").Visit(brings: ["plan"]);
        Assert.Equal((ClockState.Running, "2026-03-25 17:00"), (desk.State.Clock.State, Office.Local(desk.Times.Explained.At)));
    }

    [Fact]
    public void What_may_follow_or_is_promised_stops_no_clock()
    {
        var desk = new MatterDesk { Limit = "2wd" }.Do(Acceptance(Photo, NoRecord));
        Assert.Equal("2026-03-04 17:00", Office.Local(desk.Times.Explained.At));
    }

    [Fact]
    public void What_was_demanded_late_stops_no_clock()
    {
        var desk = new MatterDesk { Limit = "2wd" }.Do(Acceptance()).Visit(asked: ["lease"]);
        Assert.Equal((ClockState.Running, "2026-03-04 17:00"), (desk.State.Clock.State, Office.Local(desk.Times.Explained.At)));
    }

    [Fact]
    public void A_matter_that_is_open_after_its_deadline_is_answered_for_once()
    {
        var desk = new MatterDesk { Limit = "2wd" }.Do(Acceptance());
        Assert.Empty(desk.At("2026-03-04 17:00").Do(new FindOverdue()).Blamed);
        desk.Now++;
        desk.Do(new FindOverdue()).Do(new FindOverdue());
        desk.At("2026-03-05 10:00").Do(new CompleteMatter("granted"));
        Assert.Equal([MatterRules.Overdue], desk.Blamed);
        Assert.Equal("2026-03-04 17:00", Office.Local(desk.State.Accountable[0].Deadline));
        Assert.Equal((0, 1), MatterFlows.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void A_matter_completed_late_before_anybody_looked_is_answered_for_as_well()
    {
        var desk = new MatterDesk { Limit = "2wd" }.Do(Acceptance()).At("2026-03-05 10:00").Do(new CompleteMatter("granted"));
        Assert.Equal([MatterRules.Overdue], desk.Blamed);
        Assert.Equal((0, 1), MatterFlows.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void A_limit_given_with_the_acceptance_goes_before_the_one_that_is_published()
    {
        var desk = new MatterDesk { Limit = "20wd" }.Do(Acceptance() with { Limit = "1wd" });
        Assert.Equal("2026-03-03 17:00", Office.Local(desk.Times.Explained.At));
    }

    [Fact]
    public void Without_a_limit_nothing_is_due_and_nothing_is_judged()
    {
        var desk = Accept().At("2027-01-01 10:00").Do(new FindOverdue()).Do(new CompleteMatter("granted"));
        Assert.Empty(desk.Blamed);
        Assert.Equal((0, 0), MatterFlows.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void A_deadline_in_a_year_that_nobody_knows_is_looked_for_once_a_day()
    {
        var desk = new MatterDesk { Limit = "5wd" }.At("2026-12-30 10:00").Do(Acceptance());
        Assert.Equal((2027, null, desk.Now + Some.Day), (desk.Times.Explained.Pending, desk.Times.Explained.At, desk.Times.Next));
        Assert.Empty(desk.At("2027-06-01 10:00").Do(new FindOverdue()).Blamed);
    }
}
