using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
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
