using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>并案: one case goes on, and both citizens are answered.</summary>
public sealed class MergeTests
{
    private static readonly CaseId Second = CaseId.Of(Some.Bytes(2));
    private static readonly CaseId Third = CaseId.Of(Some.Bytes(3));
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);

    private static CaseDesk Closed() => Open(CaseKind.Question).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(Clerk, new CloseCase());

    [Fact]
    public void The_other_case_goes_on_and_hears_of_it()
    {
        var desk = Open().Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        Assert.Equal((CaseStage.Merged, true), (desk.State.Stage, desk.State.AnswerOwed));
        Assert.Equivalent(new TellAbsorbed(Second, desk.State.Id, []), Assert.Single(desk.FollowUps));
        Assert.Equal(Second, desk.State.ToRow(desk.Deadlines).MergedInto);
    }

    [Fact]
    public void Closing_the_survivor_answers_every_case_that_went_on_as_it()
    {
        var desk = Open(CaseKind.Question).Do(CaseActor.System, new AbsorbCase(Second, [Third])).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        Assert.Equal<FollowUp>([new AnswerAbsorbed(Second, desk.State.Id), new AnswerAbsorbed(Third, desk.State.Id)], desk.FollowUps);
    }

    [Fact]
    public void The_citizens_of_merged_cases_are_answered_when_the_city_takes_the_survivor_back_and_when_it_was_imported()
    {
        var order = Open(CaseKind.HotlineOrder).Do(CaseActor.System, new AbsorbCase(Second, [])).Do(Clerk, new ReturnCase("not ours")).Do(CaseActor.City, new WithdrawCase());
        Assert.Equal<FollowUp>([new AnswerAbsorbed(Second, order.State.Id)], order.FollowUps);

        var imported = new CaseDesk().Do(CaseActor.System, new OpenCase(Intake(CaseKind.Question) with { Imported = "myla311" })).Do(CaseActor.System, new AbsorbCase(Second, []));
        imported.Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        Assert.Equal<FollowUp>([new AnswerAbsorbed(Second, imported.State.Id)], imported.FollowUps);
    }

    [Fact]
    public void Nobody_stops_the_clock_of_a_case_by_pausing_and_merging_it()
    {
        var desk = Open().Do(Clerk, new PauseClock(ClockKind.Completion, "awaiting-citizen")).Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        Assert.Equal((true, false), (desk.State.IsLive(ClockKind.Completion), desk.State.IsPaused(ClockKind.Completion)));
    }

    [Fact]
    public void The_citizen_of_a_merged_case_is_told_and_the_clocks_run_until_then()
    {
        var desk = Open().Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        Assert.True(desk.State.IsLive(ClockKind.Completion));
        desk.Do(Clerk, Reached);
        Assert.Equal((CaseStage.Merged, false, false), (desk.State.Stage, desk.State.AnswerOwed, desk.State.IsLive(ClockKind.Completion)));
    }

    [Fact]
    public void A_merged_case_is_no_closed_one_before_its_citizen_is_told()
    {
        var desk = Open().Do(Supervisor, new SuperviseCase("grave")).Do(Clerk, new MergeCase(Second, CaseStage.Handling)).After(Some.Day);
        var row = desk.State.ToRow(desk.Deadlines);
        Assert.Equal((null, true, true), (row.ClosedAt, row.Supervised, row.ToSupervise));
        desk.Do(Clerk, Reached);
        row = desk.State.ToRow(desk.Deadlines);
        Assert.Equal((Some.Morning + Some.Day, false, false), (row.ClosedAt, row.Supervised, row.ToSupervise));
    }

    [Fact]
    public void The_service_itself_posts_the_answer_for_the_anonymous_and_reaches_nobody()
    {
        var posted = new GiveFeedback("tracking", FeedbackOutcome.Posted, Text);
        var anonymous = Open(CaseKind.Suggestion, intake => intake with { Anonymous = true, Contact = null }).Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        Assert.Null(anonymous.Try(CaseActor.System, posted));
        var named = Open().Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        Assert.Equal("answer-must-reach", named.Try(CaseActor.System, posted));
        Assert.Equal("step-not-yours", named.Try(CaseActor.System, Reached));
    }

    [Fact]
    public void A_case_is_not_merged_into_itself_or_into_one_that_is_over_or_not_there()
    {
        var desk = Open();
        Assert.Equal("merge-into-itself", desk.Try(Clerk, new MergeCase(desk.State.Id, CaseStage.Registered)));
        Assert.Equal("merge-into-closed", desk.Try(Clerk, new MergeCase(Second, CaseStage.Closed)));
        Assert.Equal("merge-into-merged", desk.Try(Clerk, new MergeCase(Second, CaseStage.Merged)));
        Assert.Equal("case-unknown", desk.Try(Clerk, new MergeCase(Second, null)));
        desk.Do(CaseActor.System, new AbsorbCase(Second, []));
        Assert.Equal("merge-in-a-ring", desk.Try(Clerk, new MergeCase(Second, CaseStage.Handling)));
    }

    [Fact]
    public void A_bad_rating_goes_its_own_way() =>
        Assert.Equal("merge-bad-rating", Open(CaseKind.BadRating).Try(Clerk, new MergeCase(Second, CaseStage.Handling)));

    [Fact]
    public void The_city_goes_on_with_its_order_and_another_case_is_merged_into_it()
    {
        Assert.Equal("merge-hotline-order", Open(CaseKind.HotlineOrder).Try(Clerk, new MergeCase(Second, CaseStage.Handling)));
        Assert.Null(Open().Try(Clerk, new MergeCase(Second, CaseStage.Dispatched)));
        var order = Open(CaseKind.HotlineOrder).Do(CaseActor.System, new AbsorbCase(Second, [])).Do(Clerk, new SignForCase()).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached)
            .Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: false)).Do(CaseActor.City, new SendBackCase("unsolved"));
        Assert.Equal(CaseStage.Handling, order.State.Stage);
    }

    [Fact]
    public void The_citizen_of_a_merged_case_says_that_it_is_not_solved_and_the_one_that_goes_on_is_handled_again()
    {
        var other = CaseActor.CitizenOf(Second);
        var desk = Closed();
        Assert.Equal("case-elsewhere", desk.Try(other, new ReopenCase("not-solved", Text)));
        desk.Do(CaseActor.System, new AbsorbCase(Second, [])).Do(other, new ReopenCase("not-solved", Text));
        Assert.Equal((CaseStage.Handling, false, 1), (desk.State.Stage, desk.State.Heard[other.Name], desk.State.Reopened));
        desk.Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(other, new DisputeCase(Text));
        Assert.Equal((CaseStage.Handling, false), (desk.State.Stage, desk.State.Solved));
    }

    [Fact]
    public void That_it_is_solved_for_the_citizen_of_a_merged_case_closes_nobody_elses()
    {
        var other = CaseActor.CitizenOf(Second);
        var desk = Open(CaseKind.Question).Do(CaseActor.System, new AbsorbCase(Second, [])).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(other, new ConfirmCase(Grade.Satisfied));
        Assert.Equal((CaseStage.Answered, null, true, 0), (desk.State.Stage, desk.State.Solved, desk.State.Heard[other.Name], desk.Counts["confirmed/question"]));
        var before = desk.State;
        desk.Do(other, new ConfirmCase());
        Assert.Same(before, desk.State);
    }

    [Fact]
    public void What_the_citizen_of_a_merged_case_confirmed_was_the_answer_before_it_was_opened_again()
    {
        var other = CaseActor.CitizenOf(Second);
        var desk = Closed().Do(CaseActor.System, new AbsorbCase(Second, [])).Do(other, new ConfirmCase()).Do(Clerk, new ReopenCase("found"));
        Assert.Empty(desk.State.Heard);
        desk.Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(other, new ConfirmCase());
        Assert.True(desk.State.Heard[other.Name]);
    }

    [Fact]
    public void Who_is_complained_of_in_a_merged_case_is_so_in_the_one_that_goes_on_and_whoever_leads_them_owns_it_no_more()
    {
        var merged = Open(change: intake => intake with { About = ["s-7"] }).Do(Clerk, new MergeCase(Second, CaseStage.Handling));
        var about = Assert.IsType<TellAbsorbed>(Assert.Single(merged.FollowUps)).About;
        Assert.Equal<string>(["s-7"], about);

        foreach (var owner in new[] { Head, Rated })
        {
            var desk = Open().Do(Supervisor, new NameOwner(owner));
            desk.Do(CaseActor.System, new AbsorbCase(Third, []) { About = about });
            Assert.Equal((null, "recused"), (desk.State.Owner, desk.Try(owner, new NoteProgress(Text, Told: false))));
            Assert.Equal<FollowUp>([new NameAnOwner(new("n2"))], desk.FollowUps);
        }
    }

    [Fact]
    public void Who_is_complained_of_in_either_case_stays_named_and_is_named_by_a_merging_once()
    {
        var desk = Open(change: intake => intake with { About = ["s-8"] }).Do(CaseActor.System, new AbsorbCase(Second, []) { About = ["s-7"] });
        Assert.Equal(["s-7", "s-8"], desk.State.Persons);
        Assert.Equal(Clerk.Name, desk.State.Owner);
        desk.Do(Supervisor, new NamePersons(["s-8"])).Do(CaseActor.System, new AbsorbCase(Second, []) { About = ["s-7"] });
        Assert.Equal(["s-8"], desk.State.Persons);
        desk.Do(CaseActor.System, new AbsorbCase(Third, []) { About = ["s-8"] });
        Assert.IsType<CaseAbsorbed>(desk.Events[^1]);
    }

    [Fact]
    public void A_survivor_that_closed_meanwhile_keeps_those_complained_of_from_it_too()
    {
        var desk = Closed().Do(CaseActor.System, new AbsorbCase(Second, []) { About = ["s-7"] });
        Assert.Equal(["s-7"], desk.State.Persons);
        Assert.Equal("recused", desk.Try(Head, new ReopenCase("not-solved", Text)));
    }

    [Fact]
    public void Hearing_of_it_twice_changes_nothing()
    {
        var desk = Open().Do(CaseActor.System, new AbsorbCase(Second, []));
        var before = desk.State;
        desk.Do(CaseActor.System, new AbsorbCase(Second, []));
        Assert.Same(before, desk.State);
    }

    [Fact]
    public void A_survivor_that_closed_meanwhile_answers_at_once()
    {
        var desk = Closed().Do(CaseActor.System, new AbsorbCase(Second, []));
        Assert.Equal<FollowUp>([new AnswerAbsorbed(Second, desk.State.Id)], desk.FollowUps);
    }

    [Fact]
    public void A_survivor_that_was_merged_meanwhile_passes_it_on()
    {
        var desk = Open().Do(Clerk, new MergeCase(Third, CaseStage.Handling)).Do(CaseActor.System, new AbsorbCase(Second, []) { About = ["s-7"] });
        Assert.Equivalent(new TellAbsorbed(Third, Second, []) { About = ["s-7"] }, Assert.Single(desk.FollowUps));
    }

    [Fact]
    public void Cases_merged_in_a_ring_are_each_answered()
    {
        var desk = Open().Do(Clerk, new MergeCase(Second, CaseStage.Handling)).Do(CaseActor.System, new AbsorbCase(Second, []));
        Assert.Equal<FollowUp>([new AnswerAbsorbed(Second, desk.State.Id)], desk.FollowUps);
        desk.Do(CaseActor.System, new AbsorbCase(desk.State.Id, []));
        Assert.Equal<FollowUp>([new AnswerAbsorbed(desk.State.Id, Second)], desk.FollowUps);
        Assert.Equal("merge-into-itself", Open().Try(CaseActor.System, new AbsorbCase(desk.State.Id, [])));
    }

    [Fact]
    public void Opened_equals_closed_and_merged_when_all_is_done()
    {
        var (merged, closed) = (Open().Do(Clerk, new MergeCase(Second, CaseStage.Handling)), Closed());
        Assert.Equal((1, 1, 0), (merged.Counts["opened/complaint"], merged.Counts["merged/complaint"], merged.Counts["closed/complaint"]));
        Assert.Equal((1, 0, 1), (closed.Counts["opened/question"], closed.Counts["merged/question"], closed.Counts["closed/question"]));
    }
}
