using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Who may be told how to reach the citizen, because the next step takes it.</summary>
public sealed class CaseReachTests
{
    private static readonly HandleCase Done = new("done");
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);

    private static readonly CaseActor[] Everybody = [Clerk, Officer, Supervisor, Rated, Head, Stranger, CaseActor.Citizen, CaseActor.City];

    [Fact]
    public void Nobody_must_reach_the_citizen_before_there_is_something_to_tell() => Assert.Empty(MayReach(About()));

    [Fact]
    public void Whoever_may_tell_the_answer_must_reach_the_citizen_and_whoever_is_recused_or_elsewhere_must_not() =>
        Assert.Equal([Clerk, Officer, Supervisor], MayReach(About().Do(Clerk, Done)));

    [Fact]
    public void Whoever_may_call_back_must_reach_the_citizen() =>
        Assert.Equal([Clerk, Officer, Supervisor], MayReach(About().Do(Clerk, Done).Do(Clerk, Reached)));

    [Fact]
    public void A_case_that_is_over_is_no_reason_to_reach_anybody() => Assert.Empty(
        MayReach(About().Do(Clerk, Done).Do(Clerk, Reached).Do(Supervisor, new CallCitizenBack(Reached: true, Solved: true)).Do(Clerk, new CloseCase())));

    [Fact]
    public void The_citizen_of_a_merged_case_is_still_to_be_told() =>
        Assert.Equal([Clerk, Officer, Supervisor], MayReach(About().Do(Clerk, new MergeCase(CaseId.Of(Some.Bytes(9)), CaseStage.Handling))));

    [Fact]
    public void A_unit_that_helps_may_tell_the_answer_too()
    {
        var desk = About().Do(Clerk, new DispatchCase(Some.Hall, [new NodeId("n7")])).Do(Clerk, new SignForCase()).Do(Clerk, Done);
        Assert.Contains(Stranger, MayReach(desk));
    }

    private static CaseDesk About() => Open(change: intake => intake with { About = ["s-7"] });

    private static IEnumerable<CaseActor> MayReach(CaseDesk desk) => Everybody.Where(actor => CaseRules.MayReach(desk.State, desk.Context(actor)));
}
