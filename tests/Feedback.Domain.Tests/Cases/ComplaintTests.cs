using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Complaints, questions and suggestions from the counter to the answer.</summary>
public sealed class ComplaintTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly GiveFeedback Missed = new("phone", FeedbackOutcome.NotReached, null);
    private static readonly GiveFeedback Posted = new("tracking", FeedbackOutcome.Posted, Text);
    private static readonly HandleCase Done = new("done", Text);

    [Fact]
    public void A_complaint_goes_from_the_counter_through_a_unit_to_an_answer_and_a_call_back()
    {
        var desk = Open();
        Assert.Equal((CaseStage.Registered, Clerk.Name), (desk.State.Stage, desk.State.Owner));
        desk.Do(Clerk, new DispatchCase(new("n2"), [new("n7")], "转办"));
        Assert.Equal(CaseStage.Dispatched, desk.State.Stage);
        desk.Do(Officer, new SignForCase());
        Assert.Equal((CaseStage.Handling, Clerk.Name), (desk.State.Stage, desk.State.Owner));
        desk.Do(Officer, new NoteProgress(Text, Told: true)).Do(Officer, Done);
        Assert.Equal((CaseStage.Handled, null), (desk.State.Stage, desk.State.Solved));
        desk.Do(Officer, Reached);
        Assert.Equal((CaseStage.Answered, true), (desk.State.Stage, desk.State.ToCallBack));
        desk.Do(Supervisor, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied)).Do(Clerk, new CloseCase());
        Assert.Equal((CaseStage.Closed, CaseEnding.Confirmed, true), (desk.State.Stage, desk.State.Closing!.Ending, desk.State.Solved));
        Assert.All(Enum.GetValues<ClockKind>(), clock => Assert.False(desk.State.IsLive(clock)));
    }

    [Fact]
    public void A_question_is_answered_at_once_by_who_received_it()
    {
        var desk = Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        Assert.Equal(CaseEnding.Answered, desk.State.Closing!.Ending);
    }

    [Fact]
    public void The_receiver_stays_answerable_wherever_the_case_is_sent()
    {
        var desk = Open();
        foreach (var unit in (string[])["n2", "n7", "n3"])
            desk.Do(Clerk, new DispatchCase(new(unit), []));
        Assert.Equal((Clerk.Name, Some.Hall), (desk.State.Owner, desk.State.Lead));
        Assert.Equal("owner-by-supervision", desk.Try(Clerk, new NameOwner(Officer)));
        desk.Do(Supervisor, new NameOwner(Officer));
        Assert.Equal(Officer.Name, desk.State.Owner);
    }

    [Fact]
    public void Nothing_closes_before_the_citizen_was_told()
    {
        var desk = Open();
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        desk.Do(Clerk, Done);
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        Assert.Equal("answer-missing", desk.Do(Clerk, Missed).Try(Clerk, new CloseCase()));
    }

    [Fact]
    public void Nothing_that_is_to_be_called_back_closes_before()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal("call-back-missing", desk.Try(Clerk, new CloseCase()));
    }

    [Fact]
    public void An_answer_without_words_is_none() =>
        Assert.Equal("words-missing", Open().Do(Clerk, Done).Try(Clerk, Reached with { Words = null }));

    [Fact]
    public void An_anonymous_suggestion_is_answered_under_its_tracking_code()
    {
        var desk = Open(CaseKind.Suggestion, intake => intake with { Anonymous = true, Contact = null }).Do(Clerk, Done).Do(Clerk, Posted).Do(Clerk, new CloseCase());
        Assert.Equal(CaseEnding.Posted, desk.State.Closing!.Ending);
    }

    [Fact]
    public void Who_left_a_contact_is_told_and_not_only_posted_to()
    {
        var desk = Open().Do(Clerk, Done);
        Assert.Equal("answer-must-reach", desk.Try(Clerk, Posted));
    }

    [Fact]
    public void Whose_contact_was_erased_is_answered_under_the_tracking_code()
    {
        var desk = Open().Do(Clerk, Done);
        var erased = desk.State.Apply(new PersonalTextErased { Salt = Some.Salt, Of = 1, Ref = Contact.Ref, Reason = "asked", At = desk.Now });
        Assert.Null(CaseRules.Decide(erased, Posted, desk.Context(Clerk)).Refusal);
    }

    [Fact]
    public void Three_attempts_make_a_citizen_unreachable_and_that_is_told_apart()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Missed).Do(Clerk, Missed);
        Assert.Equal(CaseStage.Handled, desk.State.Stage);
        desk.Do(Clerk, Missed);
        Assert.Equal((CaseStage.Answered, false), (desk.State.Stage, desk.State.ToCallBack));
        desk.Do(Clerk, new CloseCase());
        Assert.Equal((CaseEnding.Unreachable, null), (desk.State.Closing!.Ending, desk.State.FirstResponseAt));
        Assert.Equal((1, 0), (desk.Counts["answered-as/not-reached/complaint"], desk.Counts["confirmed/complaint"]));
    }

    [Fact]
    public void Whoever_was_unreachable_and_calls_is_answered_after_all_and_called_back_as_any_other()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Missed).Do(Clerk, Missed).Do(Clerk, Missed).Do(Clerk, Reached);
        Assert.Equal((true, true, (0, 1)), (desk.State.ToCallBack, desk.State.IsLive(ClockKind.CallBack), CaseRates.CallBack.Of(desk.Counts)));
        Assert.Equal("call-back-missing", desk.Try(Clerk, new CloseCase()));
        desk.Do(Clerk, Reached);
        Assert.Equal((ClockMarkKind.Started, (0, 1)), (Assert.Single(desk.State.Clocks[ClockKind.CallBack]).Kind, CaseRates.CallBack.Of(desk.Counts)));
        desk.Do(Clerk, new CallCitizenBack(Reached: true)).Do(Clerk, new CloseCase());
        Assert.Equal((CaseEnding.Answered, 0, 1), (desk.State.Closing!.Ending, desk.Counts["answered-as/not-reached/complaint"], desk.Counts["answered-as/reached/complaint"]));
        Assert.Equal((1, 1), CaseRates.CallBack.Of(desk.Counts));
    }

    [Fact]
    public void The_citizens_word_closes_and_spares_the_call_back()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Reached).Do(CaseActor.Citizen, new ConfirmCase(Grade.Satisfied));
        Assert.Equal((CaseStage.Closed, CaseEnding.Confirmed), (desk.State.Stage, desk.State.Closing!.Ending));
        Assert.Equal(0, desk.Counts["to-call-back/complaint"]);
    }

    [Fact]
    public void A_citizen_who_says_no_sends_it_back_and_needs_another_answer()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Reached).Do(CaseActor.Citizen, new DisputeCase(Text));
        Assert.Equal((CaseStage.Handling, null, false), (desk.State.Stage, desk.State.Answer, desk.State.Solved));
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
        Assert.Equal(ClockMarkKind.Restarted, desk.State.LastMark(ClockKind.Completion)!.Kind);
    }

    [Fact]
    public void A_call_back_that_hears_no_sends_it_back()
    {
        var desk = Open().Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CallCitizenBack(Reached: true, Solved: false, Grade.Dissatisfied));
        Assert.Equal((CaseStage.Handling, 1), (desk.State.Stage, desk.Counts["called-back/complaint"]));
        Assert.True(desk.State.IsLive(ClockKind.Completion));
    }

    [Fact]
    public void The_citizen_may_reopen_as_often_as_the_policy_says_and_the_office_whenever_it_must()
    {
        var desk = Open(CaseKind.Question);
        for (var times = 0; times < 2; times++)
            desk.Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase()).Do(CaseActor.Citizen, new ReopenCase("unsolved"));
        desk.Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase());

        Assert.Equal((2, "reopen-often"), (desk.State.Reopened, desk.Try(CaseActor.Citizen, new ReopenCase("unsolved"))));
        desk.Do(Clerk, new ReopenCase("found"));
        Assert.Equal((2, CaseStage.Handling), (desk.State.Reopened, desk.State.Stage));
    }

    [Fact]
    public void A_policy_may_leave_no_reopening_to_the_citizen()
    {
        var desk = Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        desk.Terms = desk.Terms with { ReopenTimes = 0 };
        Assert.Equal("reopen-often", desk.Try(CaseActor.Citizen, new ReopenCase("unsolved")));
    }

    [Fact]
    public void A_case_takes_ten_files_and_no_more()
    {
        var desk = Open();
        for (var files = 0; files < CaseRules.MostFiles; files++)
            desk.Do(CaseActor.Citizen, new AttachFile(Some.Bytes(16), "image/png", 8, Some.Bytes(16)));
        Assert.Equal("files-too-many", desk.Try(Clerk, new AttachFile(Some.Bytes(16), "image/png", 8, Some.Bytes(16))));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "reopen-late")]
    public void The_citizen_may_reopen_within_the_period_and_histories_are_kept(long beyond, string? refusal)
    {
        var desk = Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase()).After((15 * Some.Day) + beyond);
        Assert.Equal(refusal, desk.Try(CaseActor.Citizen, new ReopenCase("unsolved")));
        if (refusal is not null)
            return;
        Assert.Equal(CaseStage.Handling, desk.State.Stage);
        Assert.Equal([ClockMarkKind.Started, ClockMarkKind.Stopped, ClockMarkKind.Restarted], desk.State.Clocks[ClockKind.Completion].Select(mark => mark.Kind));
        Assert.False(desk.State.IsLive(ClockKind.FirstResponse));
        Assert.Equal((0, 1), (desk.Counts["closed/question"], desk.Counts["reopened/question"]));
        Assert.Equal("answer-missing", desk.Try(Clerk, new CloseCase()));
    }

    [Fact]
    public void The_office_may_reopen_at_any_time() =>
        Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase()).After(400 * Some.Day).Do(Clerk, new ReopenCase("found"));

    [Fact]
    public void A_case_is_opened_once_and_nothing_happens_to_one_that_was_not()
    {
        Assert.Equal("case-exists", Open().Try(Clerk, new OpenCase(Intake())));
        Assert.Equal("case-unknown", new CaseDesk().Try(Clerk, Done));
    }

    [Fact]
    public void Intake_needs_no_policy_and_no_calendar()
    {
        var desk = new CaseDesk { Terms = new CaseTerms() }.Do(Clerk, new OpenCase(Intake()));
        Assert.Empty(desk.State.Clocks);
        desk.Do(Clerk, Done).Do(Clerk, Reached);
    }

    [Fact]
    public void Whoever_saw_an_older_version_is_told_and_changes_nothing()
    {
        var desk = Open();
        var seen = desk.State.Version;
        desk.Do(Clerk, Done);
        Assert.Equal("version-stale", desk.Try(Clerk, Reached, expected: seen));
        Assert.Null(desk.Try(Clerk, Reached, expected: desk.State.Version));
    }

    [Fact]
    public void Who_has_nothing_to_do_with_a_case_does_nothing_with_it()
    {
        Assert.Equal("case-elsewhere", Open().Try(Stranger, Done));
        Assert.Equal("case-elsewhere", Open().Try(CaseActor.City, new UrgeCase("late")));
        Assert.Equal("step-not-yours", Open().Try(Supervisor, Done));
        Assert.Null(Open().Do(Clerk, new DispatchCase(new("n2"), [new("n7")])).Do(Officer, new SignForCase()).Try(Stranger, Done));
    }

    [Fact]
    public void Units_that_are_not_there_get_nothing()
    {
        Assert.Equal("node-unknown", Open().Try(Clerk, new DispatchCase(new("n99"), [])));
        Assert.Equal("node-unknown", Open().Try(Clerk, new DispatchCase(new("n2"), [new("n99")])));
        Assert.Equal("node-unknown", new CaseDesk().Try(Clerk, new OpenCase(Intake() with { Node = new("n99") })));
    }

    [Fact]
    public void An_imported_case_closes_as_it_was_closed_and_causes_no_work()
    {
        var desk = new CaseDesk().Do(CaseActor.System, new OpenCase(Intake() with { Imported = "myla311" }));
        Assert.Empty(desk.FollowUps);
        desk.Do(CaseActor.System, new CloseImported());
        Assert.Equal(CaseEnding.Imported, desk.State.Closing!.Ending);
        Assert.Equal("not-imported", Open().Try(CaseActor.System, new CloseImported()));
    }
}
