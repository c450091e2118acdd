using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>差评: verify, put right, tell, call back, close; or appeal.</summary>
public sealed class BadRatingTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly GiveFeedback Posted = new("tracking", FeedbackOutcome.Posted, Text);
    private static readonly HandleCase Rectified = new("rectified", Text);
    private static readonly AppealRating Appeal = new("self-rating", Text);

    [Fact]
    public void A_bad_rating_is_verified_put_right_told_called_back_from_outside_and_closed()
    {
        var desk = Open(CaseKind.BadRating);
        Assert.Equal((CaseStage.Verifying, null), (desk.State.Stage, desk.State.Owner));
        Assert.True(desk.State.IsLive(ClockKind.Rectification));
        Assert.Equal("verify-inside", desk.Try(Clerk, new VerifyRating(RatingFinding.True)));
        desk.Do(Officer, new VerifyRating(RatingFinding.True));
        Assert.Equal((CaseStage.Handling, Officer.Name), (desk.State.Stage, desk.State.Owner));
        desk.Do(Clerk, Rectified);
        Assert.False(desk.State.IsLive(ClockKind.Rectification));
        desk.Do(Clerk, Reached);
        Assert.Equal("call-back-inside", desk.Try(Clerk, new CallCitizenBack(Reached: true, Solved: true)));
        desk.Do(Officer with { Handles = NodeScope.At(new("n2")) }, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied)).Do(Clerk, new CloseCase());
        Assert.Equal(CaseEnding.Confirmed, desk.State.Closing!.Ending);
        Assert.Equal((1, 1), CaseRates.Rectification.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.CallBack.Of(desk.Counts));
        Assert.Equal((1, 1), CaseRates.CallBackSatisfaction.Of(desk.Counts));
    }

    [Fact]
    public void A_policy_may_let_the_unit_call_back_itself()
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Reached);
        desk.Terms = desk.Terms with { CalledBackBy = Reviewer.HandlingUnit };
        Assert.Null(desk.Try(Clerk, new CallCitizenBack(Reached: true)));
    }

    [Fact]
    public void A_policy_may_let_whoever_manages_the_lead_unit_call_back_or_supervision_but_nobody_inside_and_nobody_recused()
    {
        var above = new CaseActor("account:gu") { Handles = NodeScope.At(new("n2")), Works = [new("n2")] };
        var (named, unknown) = (Told("s-7"), Told(null));
        Assert.Null(CallingBack(unknown, above, leader: above));
        Assert.Null(CallingBack(unknown, Supervisor, leader: above));
        Assert.Equal("call-back-by-manager", CallingBack(unknown, Officer, leader: above));
        foreach (var inside in (CaseActor[])[Head, Clerk, InnerSupervisor])
            Assert.Equal("call-back-inside", CallingBack(unknown, inside, leader: Head));
        Assert.Equal("call-back-by-manager", CallingBack(unknown, above, leader: Head));
        Assert.Equal("recused", CallingBack(named, above, leader: above));
        Assert.Null(CallingBack(named, Supervisor, leader: above));

        static CaseDesk Told(string? staff)
        {
            var desk = Open(CaseKind.BadRating, intake => intake with { Rating = intake.Rating! with { Staff = staff } })
                .Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Reached);
            desk.Terms = desk.Terms with { CalledBackBy = Reviewer.LeadManager };
            return desk;
        }

        static string? CallingBack(CaseDesk desk, CaseActor actor, CaseActor leader)
        {
            var context = desk.Context(actor);
            CaseLeader[] leaders = [new CaseLeader(leader.Name, leader.Staff, leader.Works[0])];
            var line = CaseLine.Of(Bureau.Tree, Some.Window, context.Today, desk.State.Persons, leaders, lead: desk.State.Lead);
            return CaseRules.Decide(desk.State, new CallCitizenBack(Reached: true), context with { Line = line }).Refusal?.Code;
        }
    }

    [Fact]
    public void What_is_not_true_needs_no_rectification_and_is_answered_all_the_same()
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.Not));
        Assert.False(desk.State.IsLive(ClockKind.Rectification));
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        desk.Do(Clerk, new HandleCase("unfounded"));
        Assert.Equal(((0, 0), (0, 0)), (CaseRates.Rectification.Of(desk.Counts), CaseRates.RectificationInTime.Of(desk.Counts)));
    }

    [Fact]
    public void A_bad_rating_is_verified_before_it_is_put_right()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, new DispatchCase(new("n2"), [])).Do(Officer, new ReturnCase("not ours"));
        Assert.Equal("not-verified", desk.Try(Clerk, Rectified));
        desk.Do(Clerk, new DispatchCase(Some.Hall, [])).Do(Clerk, new SignForCase());
        Assert.Equal(CaseStage.Verifying, desk.State.Stage);
    }

    [Fact]
    public void An_upheld_appeal_excludes_the_rating_and_the_citizen_is_told()
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.Partly)).Do(Clerk, Appeal);
        Assert.True(desk.State.IsPaused(ClockKind.Rectification));
        Assert.Equal((0, 1), CaseRates.Rectification.Of(desk.Counts));
        desk.Do(Supervisor, new DecideAppeal(true, "self-rating"));
        Assert.Equal<FollowUp>([new ExcludeRating(Some.Window, 12, "self-rating")], desk.FollowUps);
        Assert.Equal((CaseStage.Handled, false), (desk.State.Stage, desk.State.IsLive(ClockKind.Rectification)));
        Assert.Equal((0, 0), CaseRates.Rectification.Of(desk.Counts));
        Assert.Equal(1, desk.Counts["excluded/bad-rating"]);
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        desk.Do(Clerk, Reached);
        Assert.False(desk.State.ToCallBack);
        desk.Do(Clerk, new CloseCase());
    }

    [Fact]
    public void A_rejected_appeal_leads_back_to_where_it_came_from()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, Appeal).Do(Supervisor, new DecideAppeal(false, "true"));
        Assert.Equal((CaseStage.Verifying, false), (desk.State.Stage, desk.State.IsPaused(ClockKind.Rectification)));
        Assert.Empty(desk.FollowUps);
        Assert.Equal("appeal-decided", desk.Try(Clerk, Appeal));
        Assert.Equal(CaseStage.Handling, Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Appeal)
            .Do(Supervisor, new DecideAppeal(false, "true")).State.Stage);
    }

    [Fact]
    public void An_appeal_is_reviewed_outside_the_unit_and_by_somebody_else()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, Appeal);
        Assert.Equal("review-inside", desk.Try(InnerSupervisor, new DecideAppeal(true, "mine")));
        Assert.Equal("step-not-yours", desk.Try(Officer, new DecideAppeal(true, "mine")));
        var both = Supervisor with { Handles = NodeScope.At(new("n1")) };
        Assert.Equal("appeal-own", Open(CaseKind.BadRating).Do(both, Appeal).Try(both, new DecideAppeal(true, "mine")));
    }

    [Fact]
    public void Whoever_put_it_right_appeals_no_more()
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Reached)
            .Do(CaseActor.Citizen, new DisputeCase());
        Assert.Equal("appeal-late", desk.Try(Clerk, Appeal));
        Assert.Equal("appeal-not-here", Open().Do(Clerk, new NoteProgress(Text, Told: false)).Try(Clerk, Appeal));
    }

    [Fact]
    public void What_the_citizen_disputes_was_not_put_right_and_is_put_right_on_another_day()
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Reached)
            .Do(CaseActor.Citizen, new DisputeCase());
        Assert.Equal((0, 1), CaseRates.Rectification.Of(desk.Counts));
        Assert.True(desk.State.IsLive(ClockKind.Rectification));
        desk.After(Some.Day).Do(Clerk, Rectified);
        Assert.Equal((0, 1), (desk.Days[Some.On("2026-03-02")]["rectified/bad-rating"], desk.Days[Some.On("2026-03-03")]["rectified/bad-rating"]));
    }

    [Fact]
    public void Whoever_rated_a_matter_is_called_before_the_answer_is_posted()
    {
        var desk = OfMatter().Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified);
        for (var attempt = 1; attempt <= desk.Terms.Attempts; attempt++)
        {
            Assert.Equal("call-first", desk.Try(Clerk, Posted));
            desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.NotReached, null));
        }

        desk.Do(Clerk, Posted).Do(Clerk, new CloseCase());
        Assert.Equal(CaseEnding.Posted, desk.State.Closing!.Ending);

        // Another round, another call.
        var again = OfMatter().Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Reached).Do(CaseActor.Citizen, new DisputeCase()).Do(Clerk, Rectified);
        Assert.Equal("call-first", again.Try(Clerk, Posted));
    }

    [Fact]
    public void Who_is_not_to_be_called_back_or_cannot_be_found_reads_the_answer_under_the_code()
    {
        var spared = OfMatter();
        spared.Terms = spared.Terms with { CallBack = [CaseKind.Complaint] };
        spared.Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Posted);
        OfMatter().Do(Clerk, Appeal).Do(Supervisor, new DecideAppeal(true, "self-rating")).Do(Clerk, Posted);
        OfMatter(hasMatter: false).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified).Do(Clerk, Posted);
    }

    [Fact]
    public void A_bad_rating_without_its_rating_is_no_case() =>
        Assert.Equal("rating-missing", new CaseDesk().Try(CaseActor.System, new OpenCase(Intake(CaseKind.BadRating) with { Rating = null })));

    [Fact]
    public void The_rated_and_their_superior_are_never_owner_caller_or_reviewer()
    {
        foreach (var recused in (CaseActor[])[Rated, Head, Head with { Supervises = NodeScope.At(Some.Hall) }])
        {
            var desk = Open(CaseKind.BadRating);
            Assert.Equal("recused", desk.Try(recused, new VerifyRating(RatingFinding.Not)));
            Assert.Equal("recused", desk.Try(recused, new NameOwner(Clerk)));
            Assert.Equal("owner-recused", desk.Try(Supervisor, new NameOwner(recused)));
            desk.Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Rectified);
            Assert.Equal("recused", desk.Try(recused, Reached));
            desk.Do(Clerk, Reached);
            Assert.Equal("recused", desk.Try(recused, new CallCitizenBack(Reached: true)));
            Assert.Equal("recused", desk.Try(recused, new CloseCase()));
        }
    }

    [Fact]
    public void The_unit_appeals_by_somebody_who_is_not_recused()
    {
        var desk = Open(CaseKind.BadRating).Do(Clerk, new DispatchCase(Some.Hall, []));
        Assert.Equal("recused", desk.Try(Head, new SignForCase()));
        desk.Do(Clerk, new SignForCase());
        Assert.Equal("recused", desk.Try(Head, Appeal));
        desk.Do(Clerk, Appeal);
    }

    [Fact]
    public void A_policy_may_let_the_unit_verify_for_itself()
    {
        var desk = Open(CaseKind.BadRating);
        desk.Terms = desk.Terms with { VerifiedBy = Reviewer.HandlingUnit };
        Assert.Null(desk.Try(Head, new VerifyRating(RatingFinding.True)));
        Assert.Null(desk.State.Owner);
    }

    [Fact]
    public void By_default_whoever_is_outside_of_the_unit_verifies_and_nobody_inside_is_offered_it()
    {
        foreach (var inside in (CaseActor[])[Clerk, InnerSupervisor])
        {
            var desk = Open(CaseKind.BadRating);
            Assert.Equal("verify-inside", desk.Try(inside, new VerifyRating(RatingFinding.Not)));
            Assert.DoesNotContain("verify", OfferedTo(inside, desk));
        }

        foreach (var outside in (CaseActor[])[Officer, Supervisor])
        {
            var desk = Open(CaseKind.BadRating);
            Assert.Contains("verify", OfferedTo(outside, desk));
            Assert.Null(desk.Try(outside, new VerifyRating(RatingFinding.Not)));
        }
    }

    [Fact]
    public void A_policy_may_let_whoever_manages_the_lead_unit_verify_or_supervision_outside()
    {
        // Of a rating that is attributed to nobody who leads the hall is no superior.
        foreach (var (actor, code) in new (CaseActor, string?)[] { (Head, null), (Supervisor, null), (Clerk, "verify-by-manager"), (Officer, "verify-by-manager"), (InnerSupervisor, "verify-by-manager") })
        {
            var desk = Open(CaseKind.BadRating, intake => intake with { Rating = intake.Rating! with { Staff = null } });
            desk.Terms = desk.Terms with { VerifiedBy = Reviewer.LeadManager };
            Assert.Equal(code is null, OfferedTo(actor, desk).Contains("verify"));
            Assert.Equal((actor.Name, code), (actor.Name, desk.Try(actor, new VerifyRating(RatingFinding.True))));
        }
    }

    [Fact]
    public void Whoever_manages_the_lead_unit_and_leads_the_rated_does_not_verify()
    {
        var desk = Open(CaseKind.BadRating);
        desk.Terms = desk.Terms with { VerifiedBy = Reviewer.LeadManager };
        Assert.Equal("recused", desk.Try(Head, new VerifyRating(RatingFinding.True)));
        Assert.Null(desk.Try(Supervisor, new VerifyRating(RatingFinding.True)));
    }

    [Fact]
    public void Who_receives_a_complaint_about_those_they_lead_does_not_own_it_and_supervision_above_names_somebody()
    {
        var decision = OpenedBy(Head, Intake() with { About = ["s-7"] });
        Assert.Null(decision.State.Owner);
        Assert.Equal<FollowUp>([new NameAnOwner(new("n2"))], decision.FollowUps);
    }

    [Fact]
    public void Nobody_takes_down_a_complaint_about_themselves()
    {
        var decision = OpenedBy(Rated, Intake() with { About = ["s-3", "s-7"] });
        Assert.Equal(("recused", "about"), (decision.Refusal!.Code, decision.Refusal.Field));
        Assert.Empty(decision.Events);
        Assert.Null(OpenedBy(Rated, Intake() with { About = ["s-3"] }).Refusal);
        Assert.Null(OpenedBy(CaseActor.Citizen, Intake() with { About = ["s-7"] }).Refusal);
    }

    private static IEnumerable<string> OfferedTo(CaseActor actor, CaseDesk desk) => CaseTable.PossibleFor(desk.State, desk.Context(actor)).Select(step => step.Word);

    private static CaseDecision OpenedBy(CaseActor actor, CaseIntake intake)
    {
        var context = Open().Context(actor);
        var line = CaseLine.Of(Bureau.Tree, Some.Window, context.Today, ["s-7"], [new CaseLeader(Head.Name, Head.Staff, Some.Hall)]);
        return CaseRules.Decide(new CaseState(CaseId.Of(Some.Bytes(2))), new OpenCase(intake), context with { Line = line });
    }

    // As the service opens it: nobody left a contact.
    private static CaseDesk OfMatter(bool hasMatter = true) =>
        Open(CaseKind.BadRating, intake => intake with { Anonymous = true, Contact = null, Rating = intake.Rating! with { HasMatter = hasMatter } });
}
