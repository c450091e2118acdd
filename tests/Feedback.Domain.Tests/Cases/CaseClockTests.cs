using Feedback.Domain.Cases;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>What starts, stops and judges the clocks of a case.</summary>
public sealed class CaseClockTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly HandleCase Done = new("done", Text);
    private const long Deadline = Some.Morning + Some.Day;

    private static CaseDesk Question() => Open(CaseKind.Question).Due(ClockKind.Completion, Deadline);

    [Fact]
    public void Clocks_start_with_the_case_and_stop_with_the_answer()
    {
        var desk = Question();
        Assert.Equal(new CaseClockMark(ClockMarkKind.Started, Some.Morning, "5wd"), desk.State.LastMark(ClockKind.Completion));
        desk.Do(Clerk, Done);
        Assert.True(desk.State.IsLive(ClockKind.Completion));
        desk.Do(Clerk, Reached);
        Assert.False(desk.State.IsLive(ClockKind.Completion) || desk.State.IsLive(ClockKind.FirstResponse) || desk.State.IsLive(ClockKind.Progress));
    }

    [Fact]
    public void A_first_response_is_the_first_word_to_the_citizen_and_no_note_among_colleagues()
    {
        var desk = Open().Do(Clerk, new NoteProgress(Text, Told: false));
        Assert.True(desk.State.IsLive(ClockKind.FirstResponse));
        desk.After(Some.Minute).Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal((false, Some.Morning + Some.Minute), (desk.State.IsLive(ClockKind.FirstResponse), desk.State.FirstResponseAt));
    }

    [Fact]
    public void Each_word_of_progress_to_the_citizen_begins_the_next_stretch_and_each_is_judged()
    {
        var desk = Open().Due(ClockKind.Progress, Deadline).Do(Clerk, new NoteProgress(Text, Told: true)).After(Some.Day + 1).Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal((2, 1), (desk.Counts["due/progress/complaint"], desk.Counts["in-time/progress/complaint"]));
    }

    [Fact]
    public void A_note_among_colleagues_leaves_the_citizen_waiting_for_a_word_of_progress()
    {
        var desk = Open().Due(ClockKind.Progress, Deadline).After(Some.Minute).Do(Clerk, new NoteProgress(Text, Told: false));
        Assert.Equal(ClockMarkKind.Started, Assert.Single(desk.State.Clocks[ClockKind.Progress]).Kind);
        Assert.Equal((0, 0), (desk.Counts["due/progress/complaint"], desk.Counts["in-time/progress/complaint"]));
        desk.After(Some.Day).Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal((1, 0), (desk.Counts["due/progress/complaint"], desk.Counts["in-time/progress/complaint"]));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Done_at_the_deadline_is_in_time_and_a_millisecond_later_is_not(long beyond, long inTime)
    {
        var desk = Question().After(Some.Day + beyond).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal((inTime, 1), CaseRates.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void Done_while_the_deadline_is_pending_is_in_no_rate_and_shown()
    {
        var desk = Question().Due(ClockKind.Completion, null).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal(((0, 0), 1), (CaseRates.OnTime.Of(desk.Counts), desk.Counts["unjudged/completion/question"]));
    }

    [Fact]
    public void A_deadline_that_passed_is_due_on_that_day_once_however_late_the_answer_is()
    {
        var desk = Question().After(Some.Day + 1).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Deadline));
        Assert.Equal((0, 1), CaseRates.OnTime.Of(desk.Counts));
        Assert.True(desk.State.ToRow(desk.Deadlines).Overdue);
        desk.After(9 * Some.Day).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal((0, 1), CaseRates.OnTime.Of(desk.Counts));
        Assert.Equal(1, desk.Days[Some.On("2026-03-03")]["due/completion/question"]);
        Assert.False(desk.State.ToRow(desk.Deadlines).Overdue);
    }

    [Fact]
    public void An_accountability_for_a_deadline_is_taken_once_and_only_when_it_passed_and_its_clock_runs()
    {
        var overdue = new OpenAccountability("overdue", ClockKind.Completion, Deadline);
        var desk = Question();
        var before = desk.State;
        desk.After(Some.Day).Do(CaseActor.System, overdue);
        Assert.Same(before, desk.State);
        desk.After(1).Do(CaseActor.System, overdue).Do(CaseActor.System, overdue);
        Assert.Single(desk.Events.OfType<CaseAccountabilityOpened>());
        var answered = Question().Do(Clerk, Done).Do(Clerk, Reached).After(2 * Some.Day).Do(CaseActor.System, overdue);
        Assert.Empty(answered.Events.OfType<CaseAccountabilityOpened>());
        Assert.Equal("accountability-unfit", desk.Try(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion)));
    }

    [Fact]
    public void A_clock_that_stands_still_is_in_no_row_and_never_overdue()
    {
        var desk = Question().Do(Clerk, new PauseClock(ClockKind.Completion, "citizen away"));
        Assert.Equal((true, null), (desk.State.IsPaused(ClockKind.Completion), desk.State.ToRow(desk.Deadlines).DueAt));
        Assert.Equal("clock-paused", desk.Try(Clerk, new PauseClock(ClockKind.Completion, "again")));
        desk.After(2 * Some.Day).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Deadline));
        Assert.Empty(desk.State.Overdue);
        desk.Do(Clerk, new ResumeClock(ClockKind.Completion));
        Assert.Equal("clock-not-paused", desk.Try(Clerk, new ResumeClock(ClockKind.Completion)));
    }

    [Fact]
    public void A_limit_that_changes_while_a_clock_stands_still_does_not_let_it_run()
    {
        var desk = Question().Do(Clerk, new PauseClock(ClockKind.Completion, "citizen away")).Do(Supervisor, new ChangeLimit(ClockKind.Completion, "9wd", "policy"));
        Assert.True(desk.State.IsPaused(ClockKind.Completion));
    }

    [Fact]
    public void Nobody_pauses_what_is_overdue() => Assert.Equal("clock-overdue", Question().After(Some.Day + 1)
        .Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Deadline)).Try(Clerk, new PauseClock(ClockKind.Completion, "late")));

    [Fact]
    public void Another_limit_by_supervision_is_judged_anew()
    {
        var desk = Question().After(Some.Day + 1).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Deadline))
            .Do(Supervisor, new ChangeLimit(ClockKind.Completion, "9wd", "policy"));
        Assert.Equal((0, 0), CaseRates.OnTime.Of(desk.Counts));
        desk.Due(ClockKind.Completion, Deadline + (5 * Some.Day)).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal((1, 1), CaseRates.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void The_first_run_stays_judged_when_a_second_one_begins()
    {
        var desk = Question().Do(Clerk, Done).Do(Clerk, Reached).Do(CaseActor.Citizen, new DisputeCase());
        Assert.Equal((1, 1), CaseRates.OnTime.Of(desk.Counts));
        desk.After(2 * Some.Day).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal((1, 2), CaseRates.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void The_row_shows_the_next_deadline_of_a_clock_that_runs()
    {
        var desk = Question().Due(ClockKind.FirstResponse, Some.Morning + Some.Minute);
        Assert.Equal((Some.Morning + Some.Minute, "first-response"), (desk.State.ToRow(desk.Deadlines).DueAt, desk.State.ToRow(desk.Deadlines).DueClock));
        desk.Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal((Deadline, "completion"), (desk.State.ToRow(desk.Deadlines).DueAt, desk.State.ToRow(desk.Deadlines).DueClock));
    }

    [Fact]
    public void Another_category_gives_clocks_that_run_its_limits_and_what_they_were_is_kept()
    {
        var desk = Question().Do(Clerk, new NoteProgress(Text, Told: true)).After(Some.Minute);
        desk.NewLimits = desk.Terms.Limits.SetItem(ClockKind.Completion, "3wd").SetItem(ClockKind.FirstResponse, "2h");
        desk.Do(Clerk, new CategoriseCase("fees"));

        Assert.Equal(
            [new CaseClockMark(ClockMarkKind.Started, Some.Morning, "5wd"), new CaseClockMark(ClockMarkKind.LimitChanged, Some.Morning + Some.Minute, "3wd", "category")],
            desk.State.Clocks[ClockKind.Completion].AsEnumerable());
        Assert.Equal([LimitChange.Category], CaseHistories.Of(desk.State.Clocks[ClockKind.Completion]).Marks.OfType<LimitChanged>().Select(mark => mark.Why));
        Assert.Equal(ClockMarkKind.Stopped, desk.State.LastMark(ClockKind.FirstResponse)!.Kind);
        Assert.DoesNotContain(desk.State.Clocks[ClockKind.Progress], mark => mark.Kind == ClockMarkKind.LimitChanged);

        // And back again.
        (desk.Terms, desk.NewLimits) = (desk.Terms with { Limits = desk.NewLimits }, desk.Terms.Limits);
        desk.Do(Clerk, new CategoriseCase("other"));
        Assert.Equal(("5wd", "category"), (desk.State.LastMark(ClockKind.Completion)!.Limit, desk.State.LastMark(ClockKind.Completion)!.Reason));
    }

    [Fact]
    public void A_category_with_the_same_limits_leaves_a_clock_with_those_that_held_when_it_started()
    {
        var desk = Question();
        desk.Terms = desk.Terms with { Limits = desk.Terms.Limits.SetItem(ClockKind.Completion, "9wd") };
        desk.NewLimits = desk.Terms.Limits;
        desk.Do(Clerk, new CategoriseCase("fees"));
        Assert.DoesNotContain(desk.Events.OfType<CaseClockMarked>(), mark => mark.Mark == ClockMarkKind.LimitChanged);
    }

    [Fact]
    public void What_passed_stays_passed_and_what_was_granted_stays_granted_in_another_category()
    {
        var passed = Question().After(Some.Day + 1);
        passed.NewLimits = passed.Terms.Limits.SetItem(ClockKind.Completion, "9wd");
        passed.Do(Clerk, new CategoriseCase("complex"));
        Assert.Equal("5wd", passed.State.LastMark(ClockKind.Completion)!.Limit);

        var granted = Question().Do(Clerk, new AskExtension(ClockKind.Completion, "8wd", "survey")).Do(Supervisor, new DecideExtension(true));
        granted.NewLimits = granted.Terms.Limits.SetItem(ClockKind.Completion, "9wd");
        granted.Do(Clerk, new CategoriseCase("complex"));
        Assert.Equal("8wd", granted.State.LastMark(ClockKind.Completion)!.Limit);
    }

    [Fact]
    public void A_clock_that_stands_still_for_an_appeal_runs_on_after_it_also_with_another_limit()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, new AppealRating("self-rating"));
        desk.NewLimits = desk.Terms.Limits.SetItem(ClockKind.Rectification, "9wd");
        desk.Do(Clerk, new CategoriseCase("fees")).Do(Supervisor, new DecideAppeal(false, "looked into"));
        Assert.Equal((true, false), (desk.State.IsLive(ClockKind.Rectification), desk.State.IsPaused(ClockKind.Rectification)));
    }

    [Fact]
    public void A_transfer_of_an_overdue_order_stays_overdue_in_the_figures()
    {
        var desk = Open(CaseKind.HotlineOrder).After(Some.Day).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.SignFor, Some.Morning))
            .Do(Clerk, new DispatchCase(new("n2"), []));
        Assert.Equal(1, desk.Counts["due/sign-for/hotline-order"]);
        Assert.Equal([ClockKind.SignFor], desk.State.Overdue.Keys);
    }
}
