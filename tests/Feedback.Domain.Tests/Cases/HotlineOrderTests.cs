using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>热线工单: signed for or returned, extended, replied to, called back by the city, sent back, chased.</summary>
public sealed class HotlineOrderTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly HandleCase Done = new("done", Text);

    private static CaseDesk Signed() => Open(CaseKind.HotlineOrder).Do(Clerk, new SignForCase());

    private static CaseDesk Replied() => Signed().Do(Clerk, Done).Do(Clerk, Reached);

    [Fact]
    public void An_order_is_signed_for_replied_to_and_judged_by_the_citys_call_back()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Due(ClockKind.FirstResponse, Some.Morning + Some.Day);
        Assert.Equal((CaseStage.Dispatched, null, new NameAnOwner(Some.Hall)), (desk.State.Stage, desk.State.Owner, Assert.Single(desk.FollowUps)));
        desk.Do(Clerk, new SignForCase());
        Assert.Equal((CaseStage.Handling, Clerk.Name), (desk.State.Stage, desk.State.Owner));
        desk.Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase())
            .Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied));
        Assert.Equal((1, 1), CaseRates.HotlineSigning.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.HotlineResponse.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.HotlineSolution.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.HotlineSatisfaction.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.ConfirmedResolution.Of(desk.Counts));
    }

    [Fact]
    public void An_order_is_one_of_those_that_each_rate_is_over()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Due(ClockKind.FirstResponse, Some.Morning + Some.Day);
        // Dispatched, and nothing more: neither answered nor called back.
        Assert.Equal(new OrderResults(false, false, null, null, false, null), OrderResults.Of(desk.State));
        desk.Do(Clerk, new SignForCase()).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal(new OrderResults(true, true, null, null, false, false), OrderResults.Of(desk.State));
        desk.Do(Clerk, new CloseCase()).Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: false, Grade.VeryDissatisfied)).Do(CaseActor.City, new SendBackCase("unsolved"));
        Assert.Equal(new OrderResults(true, true, false, false, false, true), OrderResults.Of(desk.State));
    }

    [Fact]
    public void What_is_signed_for_late_was_not_received_in_time()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).After(Some.Day + 1).Do(Clerk, new SignForCase());
        Assert.Equal((0, 1), CaseRates.HotlineSigning.Of(desk.Counts));
    }

    [Fact]
    public void What_is_not_ours_is_returned_with_a_reason_and_the_city_takes_it_back()
    {
        var desk = Open(CaseKind.HotlineOrder);
        Assert.Equal("reason-missing", desk.Try(Clerk, new ReturnCase(" ")));
        Assert.Equal("step-not-now", desk.Try(CaseActor.City, new WithdrawCase()));
        desk.Do(Clerk, new ReturnCase("not ours"));
        Assert.Equal((CaseStage.Registered, true), (desk.State.Stage, desk.State.Returned));
        Assert.Equal((1, 1), CaseRates.HotlineReturn.Of(desk.Counts));
        desk.Do(CaseActor.City, new WithdrawCase());
        Assert.Equal((CaseStage.Closed, CaseEnding.Withdrawn), (desk.State.Stage, desk.State.Closing!.Ending));
    }

    [Fact]
    public void What_the_city_took_back_without_an_answer_is_not_sent_back_but_opened_again()
    {
        var desk = Open(CaseKind.HotlineOrder).Do(Clerk, new ReturnCase("not ours")).Do(CaseActor.City, new WithdrawCase());
        Assert.Equal("answer-missing", desk.Try(CaseActor.City, new SendBackCase("unsolved")));
        Assert.Equal("answer-missing", desk.Try(CaseActor.City, new CallCitizenBack(Reached: true)));
        Assert.Equal("answer-missing", desk.Try(CaseActor.Citizen, new ConfirmCase()));
        desk.Do(CaseActor.City, new ReopenCase("yours after all"));
        Assert.Equal(CaseStage.Handling, desk.State.Stage);
    }

    [Fact]
    public void What_was_returned_may_be_sent_to_another_unit_and_is_then_no_longer_the_citys_to_withdraw()
    {
        var desk = Open(CaseKind.HotlineOrder).Do(Clerk, new ReturnCase("not ours")).Do(CaseActor.City, new DispatchCase(new("n7"), []));
        Assert.Equal((CaseStage.Dispatched, false), (desk.State.Stage, desk.State.Returned));
        Assert.Equal([ClockMarkKind.Started, ClockMarkKind.Stopped, ClockMarkKind.Restarted], desk.State.Clocks[ClockKind.SignFor].Select(mark => mark.Kind));
        Assert.Equal((1, 2), CaseRates.HotlineReturn.Of(desk.Counts));
        desk.Do(Stranger, new SignForCase());
        Assert.Equal(Stranger.Name, desk.State.Owner);
    }

    [Fact]
    public void While_an_order_is_back_with_the_city_its_clocks_stand_still_and_run_on_when_it_is_sent_again()
    {
        ClockKind[] clocks = [ClockKind.FirstResponse, ClockKind.Completion];
        var desk = Open(CaseKind.HotlineOrder).Do(Clerk, new PauseClock(ClockKind.Progress, "away")).After(Some.Day).Do(Clerk, new ReturnCase("not ours"));
        Assert.All(clocks, clock => Assert.Equal("returned", desk.State.PausedFor(clock)));
        Assert.Equal("clock-returned", desk.Try(Clerk, new ResumeClock(ClockKind.Completion)));
        desk.After(30 * Some.Day).Do(CaseActor.City, new DispatchCase(new("n7"), []));
        Assert.All(clocks, clock => Assert.Equal((true, false), (desk.State.IsLive(clock), desk.State.IsPaused(clock))));
        // What waited for somebody else waits on.
        Assert.Equal("away", desk.State.PausedFor(ClockKind.Progress));
    }

    [Fact]
    public void Whoever_works_on_what_was_returned_takes_it_up_after_all()
    {
        var desk = Open(CaseKind.HotlineOrder).Do(Clerk, new ReturnCase("not ours")).Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal((CaseStage.Handling, false, false), (desk.State.Stage, desk.State.Returned, desk.State.IsPaused(ClockKind.Completion)));
        Assert.Equal("step-not-now", desk.Try(CaseActor.City, new WithdrawCase()));
    }

    [Fact]
    public void What_the_city_took_back_was_never_due_and_is_in_no_rate_but_that_of_returns()
    {
        var desk = Open(CaseKind.HotlineOrder).After(2 * Some.Day);
        foreach (var clock in (ClockKind[])[ClockKind.SignFor, ClockKind.FirstResponse, ClockKind.Completion])
            desk.Do(CaseActor.System, new OpenAccountability("overdue", clock, Some.Morning + Some.Day));
        desk.Do(Clerk, new ReturnCase("not ours"));
        Assert.Equal(((0, 1), (0, 1), (0, 1)), (CaseRates.OnTime.Of(desk.Counts), CaseRates.HotlineSigning.Of(desk.Counts), CaseRates.HotlineResponse.Of(desk.Counts)));
        desk.Do(CaseActor.City, new WithdrawCase());
        Assert.Equal(((0, 0), (0, 0), (0, 0)), (CaseRates.OnTime.Of(desk.Counts), CaseRates.HotlineSigning.Of(desk.Counts), CaseRates.HotlineResponse.Of(desk.Counts)));
        Assert.Equal((1, 1), CaseRates.HotlineReturn.Of(desk.Counts));
        Assert.Equal(new OrderResults(null, null, null, null, true, null), OrderResults.Of(desk.State));
        Assert.All(desk.Days.Values.SelectMany(day => day.All), count => Assert.True(count.Value > 0, count.Key));
    }

    [Fact]
    public void What_was_taken_back_and_opened_again_is_to_be_contacted_once_more()
    {
        var desk = Open(CaseKind.HotlineOrder).Do(Clerk, new ReturnCase("not ours")).Do(CaseActor.City, new WithdrawCase()).Do(CaseActor.City, new ReopenCase("yours after all"))
            .Due(ClockKind.FirstResponse, Some.Morning + Some.Day);
        Assert.Equal(((0, 1), true), (CaseRates.HotlineResponse.Of(desk.Counts), desk.State.IsLive(ClockKind.FirstResponse)));
        desk.Do(Clerk, new NoteProgress(Text, Told: true));
        Assert.Equal(((1, 1), (0, 0)), (CaseRates.HotlineResponse.Of(desk.Counts), CaseRates.HotlineSigning.Of(desk.Counts)));
    }

    [Fact]
    public void Only_the_unit_to_which_it_was_sent_signs_for_it_or_returns_it()
    {
        // Hall 3 sends it to hall 7, with window 6 of the team under hall 3 to help.
        var desk = Open(CaseKind.HotlineOrder).Do(Supervisor, new NameOwner(Clerk)).Do(Clerk, new DispatchCase(new("n7"), [new("n6")]));
        Assert.All((CaseCommand[])[new SignForCase(), new ReturnCase("not ours")], step => Assert.Equal("step-not-yours", desk.Try(Clerk, step)));
        Assert.DoesNotContain("sign-for", CaseTable.PossibleFor(desk.State, desk.Context(Clerk)).Select(step => step.Word));
        Assert.Contains("sign-for", CaseTable.PossibleFor(desk.State, desk.Context(Stranger)).Select(step => step.Word));
        // Whoever owns it and belongs to the unit that it was sent to signs for that.
        Assert.Null(desk.Try(Clerk with { Handles = NodeScope.Nowhere, Works = [new("n7")] }, new SignForCase()));
    }

    [Fact]
    public void An_order_that_goes_from_unit_to_unit_unsigned_was_dispatched_once_and_is_signed_for_by_its_first_deadline()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Do(Clerk, new DispatchCase(new("n7"), []));
        Assert.Equal(ClockMarkKind.Started, Assert.Single(desk.State.Clocks[ClockKind.SignFor]).Kind);
        desk.Do(Stranger, new ReturnCase("not ours"));
        Assert.Equal((false, true, (0, 1)), (desk.State.Returned, desk.State.IsLive(ClockKind.SignFor), CaseRates.HotlineReturn.Of(desk.Counts)));
        Assert.Equal("not-returned", desk.Try(CaseActor.City, new WithdrawCase()));
        desk.Do(Clerk, new DispatchCase(Some.Hall, [])).Do(Clerk, new SignForCase());
        Assert.Equal(((1, 1), (0, 1), 1), (CaseRates.HotlineSigning.Of(desk.Counts), CaseRates.HotlineReturn.Of(desk.Counts), desk.Counts["dispatched/hotline-order"]));
    }

    [Fact]
    public void Who_signs_for_it_inside_the_bureau_after_it_was_signed_for_is_no_matter_of_the_citys()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Do(Clerk, new SignForCase())
            .After(3 * Some.Day).Do(Clerk, new DispatchCase(new("n7"), []));
        Assert.True(desk.State.IsLive(ClockKind.SignFor));
        desk.Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.SignFor, Some.Morning + Some.Day)).Do(Stranger, new SignForCase());
        Assert.Equal(((1, 1), 1), (CaseRates.HotlineSigning.Of(desk.Counts), desk.Counts["due/sign-for/hotline-order"]));
    }

    [Fact]
    public void Each_time_that_the_city_sends_it_is_judged_for_itself()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Do(Clerk, new SignForCase())
            .Do(CaseActor.City, new DispatchCase(new("n7"), [])).After(Some.Day + 1).Do(Stranger, new SignForCase());
        Assert.Equal((1, 2), CaseRates.HotlineSigning.Of(desk.Counts));
    }

    [Fact]
    public void Whoever_works_on_what_another_unit_gave_back_has_received_it()
    {
        var desk = Open(CaseKind.HotlineOrder).Due(ClockKind.SignFor, Some.Morning + Some.Day).Do(Clerk, new DispatchCase(new("n7"), [])).Do(Stranger, new ReturnCase("not ours"))
            .Do(Clerk, Done);
        Assert.Equal((CaseStage.Handled, (1, 1)), (desk.State.Stage, CaseRates.HotlineSigning.Of(desk.Counts)));
    }

    [Fact]
    public void Only_what_was_returned_is_withdrawn() => Assert.Equal(
        "case-elsewhere", Open().Try(CaseActor.City, new WithdrawCase()));

    [Fact]
    public void More_time_is_asked_for_before_the_deadline_and_given_by_somebody_else()
    {
        var desk = Signed().Due(ClockKind.Completion, Some.Morning + Some.Day).After(Some.Day)
            .Do(Clerk, new AskExtension(ClockKind.Completion, "10wd", "survey"));
        Assert.Equal("extension-asked", desk.Try(Clerk, new AskExtension(ClockKind.Completion, "20wd", "survey")));
        Assert.Equal("step-not-yours", desk.Try(Clerk, new DecideExtension(true)));
        desk.Do(CaseActor.City, new DecideExtension(true, "survey"));
        Assert.Equal(new CaseClockMark(ClockMarkKind.LimitChanged, desk.Now, "10wd", "extension"), desk.State.LastMark(ClockKind.Completion));
        Assert.Equal("extension-none", desk.Try(CaseActor.City, new DecideExtension(true)));
    }

    [Theory]
    [InlineData("20wd", null, "20wd")]
    [InlineData(null, 26, "1560min")]
    [InlineData(null, -1, "1min")]
    public void The_citys_own_limit_holds_from_the_opening_on(string? limit, int? dueHours, string holds)
    {
        var desk = new CaseDesk().Do(
            CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder)) { Limit = limit, Due = dueHours is { } hours ? Some.Morning + (hours * 3_600_000L) : null });
        Assert.Equal(new CaseClockMark(ClockMarkKind.LimitChanged, Some.Morning, holds, CaseReasons.CityLimit), desk.State.LastMark(ClockKind.Completion));
        Assert.Equal("5wd", desk.State.LastMark(ClockKind.FirstResponse)!.Limit);
    }

    [Fact]
    public void Where_the_policies_keep_no_clock_of_completion_the_city_sets_none()
    {
        var desk = new CaseDesk { Terms = new CaseTerms() }.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder)) { Limit = "20wd" });
        Assert.Empty(desk.State.Clocks);
    }

    [Fact]
    public void A_refused_extension_changes_no_limit()
    {
        var desk = Signed().Do(Clerk, new AskExtension(ClockKind.Completion, "10wd", "survey")).Do(Supervisor, new DecideExtension(false, "no"));
        Assert.Equal((ClockMarkKind.Started, null), (desk.State.LastMark(ClockKind.Completion)!.Kind, desk.State.Extension));
    }

    [Fact]
    public void More_time_is_not_asked_for_after_the_deadline_but_while_it_is_pending()
    {
        var desk = Signed().Due(ClockKind.Completion, Some.Morning + Some.Day).After(Some.Day + 1);
        Assert.Equal("extension-late", desk.Try(Clerk, new AskExtension(ClockKind.Completion, "10wd", "survey")));
        Assert.Null(desk.Due(ClockKind.Completion, null).Try(Clerk, new AskExtension(ClockKind.Completion, "10wd", "survey")));
        Assert.Equal("clock-not-running", Signed().Try(Clerk, new AskExtension(ClockKind.SignFor, "10wd", "survey")));
    }

    [Fact]
    public void Nobody_grants_their_own_extension()
    {
        var both = Supervisor with { Handles = Clerk.Handles };
        Assert.Equal("extension-own", Signed().Do(both, new AskExtension(ClockKind.Completion, "10wd", "survey")).Try(both, new DecideExtension(true)));
    }

    [Fact]
    public void What_the_city_sends_back_gets_a_second_clock_and_needs_another_answer()
    {
        var desk = Replied().Do(Clerk, new CloseCase()).Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: false, Grade.VeryDissatisfied));
        Assert.Equal(CaseStage.Closed, desk.State.Stage);
        desk.After(3 * Some.Day).Do(CaseActor.City, new SendBackCase("unsolved"));
        Assert.Equal(CaseStage.Handling, desk.State.Stage);
        Assert.Equal([ClockMarkKind.Started, ClockMarkKind.Stopped, ClockMarkKind.Restarted], desk.State.Clocks[ClockKind.Completion].Select(mark => mark.Kind));
        Assert.Equal((1, 1), CaseRates.HotlineSentBack.Of(desk.Counts));
        Assert.Equal((0, 1), CaseRates.HotlineSolution.Of(desk.Counts));
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        desk.Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase()).Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied));
        Assert.Equal((1, 1), CaseRates.HotlineSolution.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.HotlineSentBack.Of(desk.Counts));
    }

    [Fact]
    public void An_order_is_chased_by_degrees()
    {
        var desk = Signed();
        Assert.Equal("not-urged", desk.Try(CaseActor.City, new SuperviseCase("late")));
        Assert.Equal("not-supervised", desk.Try(CaseActor.City, new CirculateCase("late")));
        desk.Do(CaseActor.City, new UrgeCase("late")).Do(Supervisor, new SuperviseCase("late")).Do(CaseActor.System, new CirculateCase("late"));
        Assert.Equal((1, true, true), (desk.State.Urged, desk.State.Supervised, desk.State.Circulated));
        Assert.True(desk.State.ToRow(desk.Deadlines).Supervised);
    }

    [Fact]
    public void The_city_closes_what_was_answered() => Replied().Do(CaseActor.City, new CloseCase());

    [Fact]
    public void A_call_nobody_answered_has_no_result() =>
        Assert.Equal("call-back-unheard", Replied().Try(CaseActor.City, new CallCitizenBack(Reached: false, Solved: true)));
}
