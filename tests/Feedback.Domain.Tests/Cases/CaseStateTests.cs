using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

public sealed class CaseStateTests
{
    [Fact]
    public void A_stream_of_a_case_is_known_by_its_name()
    {
        var id = CaseId.Of(Some.Bytes(1));
        Assert.Equal((CaseId?)id, StreamName.Case(id).AsCase);
        Assert.Equal((null, null), (StreamName.Case(id).AsWindow, StreamName.Window(Some.Window).AsCase));
    }

    [Fact]
    public void The_row_tells_what_lists_ask_for()
    {
        var row = Open(CaseKind.HotlineOrder).Do(Clerk, new SignForCase()).Do(Clerk, new CategoriseCase("fees")).State.ToRow(new Dictionary<ClockKind, long?>());
        Assert.Equal(
            new CaseRow(CaseId.Of(Some.Bytes(1)), 10, "20260302-0000042-0", CaseKind.HotlineOrder, CaseChannel.Window, CaseStage.Handling, Some.Window, Some.Hall,
                Some.Morning, Some.On("2026-03-02"))
            {
                Owner = Clerk.Name,
                Category = "fees",
                External = ("12345", "GD-7"),
            },
            row);
    }

    [Fact]
    public void The_row_of_a_bad_rating_names_its_rating_and_that_it_is_to_be_called_back()
    {
        var row = Open(CaseKind.BadRating).Do(Supervisor, new VerifyRating(RatingFinding.True)).Do(Clerk, new HandleCase("done"))
            .Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text)).State.ToRow(new Dictionary<ClockKind, long?>());
        Assert.Equal(((Some.Window, 12L), true, CaseStage.Answered), (row.Rating, row.ToCallBack, row.Stage));
    }

    [Fact]
    public void Supervision_is_to_look_at_what_was_urged_until_the_citizen_has_an_answer()
    {
        var desk = Open();
        Assert.False(ToSupervise(desk));
        desk.Do(CaseActor.Citizen, new UrgeCase("late"));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new HandleCase("done")).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.NotReached, null));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.False(ToSupervise(desk));
        desk.Do(CaseActor.Citizen, new DisputeCase());
        Assert.False(ToSupervise(desk));
    }

    [Fact]
    public void The_row_tells_that_it_was_urged_until_the_citizen_has_an_answer()
    {
        var desk = Open().Do(Supervisor, new SuperviseCase("grave"));
        Assert.False(Urged(desk));
        desk.Do(CaseActor.Citizen, new UrgeCase("late")).Do(Clerk, new HandleCase("done"));
        Assert.True(Urged(desk));
        desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.False(Urged(desk));

        static bool Urged(CaseDesk one) => one.State.ToRow(new Dictionary<ClockKind, long?>()).Urged;
    }

    [Fact]
    public void An_order_of_supervision_waits_for_an_answer_that_holds()
    {
        var desk = Open().Do(Supervisor, new SuperviseCase("grave")).Do(Clerk, new HandleCase("done"));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.False(ToSupervise(desk));
        desk.Do(CaseActor.Citizen, new DisputeCase());
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new HandleCase("done")).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text)).Do(CaseActor.Citizen, new ConfirmCase());
        Assert.False(ToSupervise(desk));
    }

    [Fact]
    public void An_order_that_comes_after_the_answer_waits_for_another()
    {
        var desk = Open().Do(Clerk, new HandleCase("done")).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text)).Do(Supervisor, new SuperviseCase("grave"));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.False(ToSupervise(desk));
    }

    [Fact]
    public void Supervision_is_to_look_at_what_is_overdue_until_it_is_closed_or_the_citizen_of_a_merged_case_is_told()
    {
        var desk = Open().Due(ClockKind.Completion, Some.Morning).After(Some.Day);
        desk.Do(CaseActor.System, new OpenAccountability(CaseRules.ForOverdue, ClockKind.Completion, Some.Morning));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new MergeCase(CaseId.Of(Some.Bytes(9)), CaseStage.Handling));
        Assert.True(ToSupervise(desk));
        desk.Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.False(ToSupervise(desk));
    }

    [Fact]
    public void The_row_names_the_units_that_help()
    {
        var desk = Open().Do(Clerk, new DispatchCase(Some.Hall, [new NodeId("n7"), new NodeId("n4")]));
        Assert.Equal(["n4", "n7"], desk.State.ToRow(new Dictionary<ClockKind, long?>()).Assisting.Nodes.Select(node => node.Value));
        Assert.Equal(NodeSet.Read("n7 n4"), NodeSet.Of([new NodeId("n4"), new NodeId("n7"), new NodeId("n4")]));
        Assert.Equal(default, NodeSet.Of([]));
        Assert.Equal(default, NodeSet.Read(null));
    }

    [Fact]
    public void An_erasure_counts_as_a_version_and_changes_no_figure()
    {
        var state = Open().State;
        var erased = state.Apply(new PersonalTextErased { Salt = Some.Salt, Of = 1, Ref = Contact.Ref, Reason = "asked", At = Some.Morning });
        Assert.Equal((state.Version + 1, false), (erased.Version, erased.CanBeReached));
        Assert.Same(state.Counted, erased.Counted);
    }

    [Fact]
    public void What_is_no_event_of_a_case_is_never_skipped() => Assert.Throws<UnknownKindException>(
        () => Open().State.Apply(new StaffSignedIn { Salt = Some.Salt, Staff = "s-1", At = Some.Morning }));

    [Fact]
    public void Every_word_is_read_as_what_it_was_written_for()
    {
        Assert.All(Enum.GetValues<ClockKind>(), clock => Assert.Equal(clock, ClockWords.ClockOf(clock.Word())));
        Assert.All(Enum.GetValues<ClockMarkKind>(), mark => Assert.Equal(mark, CaseWords.MarkOf(mark.Word())));
        Assert.All(Enum.GetValues<CaseEnding>(), ending => Assert.Equal(ending, CaseWords.EndingOf(ending.Word())));
        Assert.All(Enum.GetValues<RatingFinding>(), finding => Assert.Equal(finding, CaseWords.FindingOf(finding.Word())));
        Assert.All(Enum.GetValues<FeedbackOutcome>(), outcome => Assert.Equal(outcome, CaseWords.OutcomeOf(outcome.Word())));
        Assert.Null(ClockWords.ClockOf("noon"));
    }

    private static bool ToSupervise(CaseDesk desk) => desk.State.ToRow(new Dictionary<ClockKind, long?>()).ToSupervise;
}
