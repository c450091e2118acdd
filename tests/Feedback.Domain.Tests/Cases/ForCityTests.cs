using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Where the city sends its orders as lists, supervision enters what it did with them.</summary>
public sealed class ForCityTests
{
    private static readonly CityCalledBack Satisfied = new(Reached: true, Solved: true, Grade.Satisfied, Text);

    private static CaseDesk Returned() => Open(CaseKind.HotlineOrder).Do(Clerk, new ReturnCase("not ours"));

    private static CaseDesk Replied() => Open(CaseKind.HotlineOrder).Do(Clerk, new SignForCase()).Do(Clerk, new HandleCase("done", Text))
        .Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));

    [Fact]
    public void Supervision_enters_that_the_city_took_a_returned_order_back()
    {
        var desk = Returned();
        Assert.Contains("withdraw", Offered(desk, Supervisor));
        desk.Do(Supervisor, new WithdrawCase());
        Assert.Equal((CaseStage.Closed, CaseEnding.Withdrawn, Supervisor.Name), (desk.State.Stage, desk.State.Closing!.Ending, desk.State.Closing.Stamp.By));
        Assert.Equal("not-returned", Returned().Do(Clerk, new DispatchCase(new("n7"), [])).Do(Stranger, new ReturnCase("not ours")).Try(Supervisor, new WithdrawCase()));
    }

    [Fact]
    public void What_supervision_enters_of_the_citys_call_back_counts_as_the_citys()
    {
        var (entered, called) = (Replied().Do(Clerk, new CloseCase()), Replied().Do(Clerk, new CloseCase()));
        Assert.Contains("city-call-back", Offered(entered, Supervisor));
        entered.Do(Supervisor, Satisfied);
        called.Do(CaseActor.City, new CallCitizenBack(Reached: true, Solved: true, Grade.Satisfied, Text));

        Assert.Equal(((1, 1), (1, 1)), (CaseRates.HotlineSolution.Of(entered.Counts), CaseRates.HotlineSatisfaction.Of(entered.Counts)));
        Assert.Equal(called.Counts.Write(), entered.Counts.Write());
        var told = entered.Events.OfType<CaseCalledBack>().Single();
        Assert.Equal((true, Supervisor.Name, Text), (told.City, told.Stamp.By, told.Words));
        Assert.Equal("call-back-unheard", Replied().Try(Supervisor, new CityCalledBack(Reached: false, Solved: true)));
    }

    [Fact]
    public void Those_of_the_unit_that_handles_it_enter_nothing_for_the_city()
    {
        foreach (var inside in new[] { InnerSupervisor, Supervisor with { Works = [new("n1"), Some.Window] } })
        {
            Assert.Equal("city-inside", Returned().Try(inside, new WithdrawCase()));
            Assert.Equal("city-inside", Replied().Try(inside, Satisfied));
            Assert.DoesNotContain("withdraw", Offered(Returned(), inside));
            Assert.DoesNotContain("city-call-back", Offered(Replied(), inside));
        }

        Assert.Equal("step-not-yours", Returned().Try(Clerk, new WithdrawCase()));
        Assert.Equal("step-not-yours", Replied().Try(Officer, Satisfied));
        Assert.Equal("step-not-yours", Replied().Try(CaseActor.City, Satisfied));
    }

    [Fact]
    public void Only_orders_have_a_city()
    {
        var complaint = Open();
        Assert.Equal("not-hotline-order", complaint.Try(Supervisor, new WithdrawCase()));
        Assert.DoesNotContain("withdraw", Offered(complaint, Supervisor));
        complaint.Do(Clerk, new HandleCase("done", Text)).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.Equal("not-hotline-order", complaint.Try(Supervisor, Satisfied));
        Assert.DoesNotContain("city-call-back", Offered(complaint, Supervisor));
    }

    private static IEnumerable<string> Offered(CaseDesk desk, CaseActor actor) => CaseTable.PossibleFor(desk.State, desk.Context(actor)).Select(step => step.Word);
}
