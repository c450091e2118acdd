using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Supervision excludes a bad rating without an appeal, such as one that was flagged: from outside, once, and in the figures of its case, too.</summary>
public sealed class RatingExclusionTests
{
    private static readonly ExcludeBadRating Exclusion = new("flagged");
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly HandleCase Rectified = new("rectified", Text);
    private static readonly AppealRating Appeal = new("self-rating", Text);

    private static CaseDesk ToRectify() => Open(CaseKind.BadRating).Due(ClockKind.Rectification, Some.Morning + Some.Day).Do(Officer, new VerifyRating(RatingFinding.True));

    [Fact]
    public void It_leaves_the_window_as_by_an_upheld_appeal_and_the_citizen_is_told()
    {
        var desk = ToRectify();
        Assert.Equal((0, 1), CaseRates.Rectification.Of(desk.Counts));
        desk.Do(Supervisor, Exclusion);
        Assert.Equal<FollowUp>([new ExcludeRating(Some.Window, 12, "flagged")], desk.FollowUps);
        Assert.Equal((CaseStage.Handled, false, false), (desk.State.Stage, desk.State.IsValidBadRating, desk.State.IsLive(ClockKind.Rectification)));
        Assert.Equal((0, 0), CaseRates.Rectification.Of(desk.Counts));
        Assert.Equal((1, 0), (desk.Counts["excluded/bad-rating"], desk.Counts["appealed/bad-rating"]));
        desk.Do(Clerk, Reached).Do(Clerk, new CloseCase());
    }

    [Fact]
    public void What_waits_to_be_signed_for_is_waited_for_no_more()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, new DispatchCase(Some.Hall, []));
        Assert.True(desk.State.IsLive(ClockKind.SignFor));
        desk.Do(Supervisor, Exclusion);
        Assert.Equal((CaseStage.Handled, false), (desk.State.Stage, desk.State.IsLive(ClockKind.SignFor)));

        var returned = Open(CaseKind.BadRating).Do(Clerk, new DispatchCase(Some.Hall, [])).Do(Clerk, new ReturnCase("not ours")).Do(Supervisor, Exclusion);
        Assert.Equal((CaseStage.Handled, false), (returned.State.Stage, returned.State.Returned));
    }

    [Fact]
    public void What_was_put_right_answered_and_closed_stays_so_and_counts_as_excluded()
    {
        var desk = ToRectify().Do(Clerk, Rectified);
        Assert.Equal(((1, 1), (1, 1)), (CaseRates.Rectification.Of(desk.Counts), CaseRates.RectificationInTime.Of(desk.Counts)));
        desk.Do(Clerk, Reached).Do(Supervisor, new CallCitizenBack(Reached: true, Solved: true)).Do(Clerk, new CloseCase()).After(Some.Day).Do(Supervisor, Exclusion);
        Assert.Equal((CaseStage.Closed, CaseEnding.Confirmed), (desk.State.Stage, desk.State.Closing!.Ending));
        Assert.Equal(((0, 0), (0, 0)), (CaseRates.Rectification.Of(desk.Counts), CaseRates.RectificationInTime.Of(desk.Counts)));
        Assert.Equal((1, 1), (desk.Counts["excluded/bad-rating"], desk.Counts["closed/bad-rating"]));

        var answered = ToRectify().Do(Clerk, Rectified).Do(Clerk, Reached).Do(Supervisor, Exclusion);
        Assert.Equal((CaseStage.Answered, false, false), (answered.State.Stage, answered.State.ToCallBack, answered.State.IsLive(ClockKind.CallBack)));
        Assert.Equal((0, 0), CaseRates.CallBack.Of(answered.Counts));
        Assert.Null(answered.Try(Clerk, new CloseCase()));
    }

    [Fact]
    public void What_is_excluded_and_disputed_is_handled_without_being_looked_into_and_appealed_against_no_more()
    {
        var desk = Open(CaseKind.BadRating).Do(Supervisor, Exclusion).Do(Clerk, Reached).Do(CaseActor.Citizen, new DisputeCase(Text));
        Assert.Equal(CaseStage.Handling, desk.State.Stage);
        Assert.Equal("appeal-decided", desk.Try(Clerk, Appeal));
        desk.Do(Clerk, new HandleCase("explained", Text));
        Assert.Equal((0, 0), CaseRates.Rectification.Of(desk.Counts));
    }

    [Fact]
    public void Nobody_inside_and_nobody_recused_excludes_it()
    {
        var desk = ToRectify();
        Assert.Equal("review-inside", desk.Try(InnerSupervisor, Exclusion));
        Assert.Equal("review-inside", desk.Try(Clerk with { Supervises = NodeScope.At(new("n1")) }, Exclusion));
        Assert.Equal("recused", desk.Try(Head with { Supervises = NodeScope.Everywhere, Works = [] }, Exclusion));
        Assert.Equal("recused", desk.Try(Rated with { Supervises = NodeScope.Everywhere, Works = [] }, Exclusion));
        Assert.Equal("step-not-yours", desk.Try(Officer, Exclusion));
        Assert.Equal("reason-missing", desk.Try(Supervisor, new ExcludeBadRating(" ")));
        Assert.Equal([true, false, false], new[] { Supervisor, InnerSupervisor, Officer }.Select(actor => IsOffered(desk, actor)));
    }

    [Fact]
    public void Where_the_unit_appealed_it_goes_by_the_appeal_and_there_is_no_way_around_its_rejection()
    {
        var desk = ToRectify().Do(Clerk, Appeal);
        Assert.Equal("appeal-open", desk.Try(Supervisor, Exclusion));
        desk.Do(Supervisor, new DecideAppeal(false, "true"));
        Assert.Equal("appeal-decided", desk.Try(Supervisor, Exclusion));
        Assert.False(IsOffered(desk, Supervisor));
    }

    [Fact]
    public void It_is_excluded_once_and_nothing_but_a_bad_rating_is()
    {
        foreach (var desk in new[] { ToRectify().Do(Supervisor, Exclusion), ToRectify().Do(Clerk, Appeal).Do(Supervisor, new DecideAppeal(true, "self-rating")) })
        {
            var before = desk.State;
            desk.Do(Supervisor, Exclusion);
            Assert.Same(before, desk.State);
            Assert.Empty(desk.FollowUps);
            Assert.False(IsOffered(desk, Supervisor));
        }

        Assert.Equal("exclusion-not-here", Open().Try(Supervisor, Exclusion));
        Assert.False(IsOffered(Open(), Supervisor));
    }

    private static bool IsOffered(CaseDesk desk, CaseActor actor) => CaseTable.PossibleFor(desk.State, desk.Context(actor)).Any(step => step.Word == "exclude-rating");
}
