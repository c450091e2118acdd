using CsCheck;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>What is counted, on which day, and in which rate.</summary>
public sealed class CaseFigureTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly HandleCase Done = new("done", Text);

    private static CaseDesk ToCallBack() => Open().Do(Clerk, Done).Do(Clerk, Reached);

    [Fact]
    public void Everything_is_counted_at_the_node_that_the_case_concerns_wherever_it_is_sent()
    {
        var desk = Open();
        var before = desk.State;
        desk.After(Some.Day).Do(Clerk, new DispatchCase(new("n7"), []));
        var (node, day, delta) = Assert.Single(CaseFlows.Change(before, desk.State));
        Assert.Equal((Some.Window, Some.On("2026-03-03"), """{"dispatched/complaint":1}"""), (node, day, delta.Write()));
    }

    [Fact]
    public void A_closing_that_did_not_last_is_taken_back_on_its_own_day()
    {
        var desk = Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase()).After(3 * Some.Day);
        Assert.Equal(1, desk.Days[Some.On("2026-03-02")]["closed/question"]);
        desk.Do(Clerk, new ReopenCase("found"));
        Assert.Equal((0, 0, 1), (
            desk.Days[Some.On("2026-03-02")]["closed/question"], desk.Days[Some.On("2026-03-02")]["closed-as/answered/question"],
            desk.Days[Some.On("2026-03-05")]["reopened/question"]));
    }

    [Fact]
    public void Claimed_and_confirmed_stand_side_by_side()
    {
        var desk = Open(CaseKind.Question).Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        Assert.Equal(((1, 1), (0, 1)), (CaseRates.ClaimedResolution.Of(desk.Counts), CaseRates.ConfirmedResolution.Of(desk.Counts)));
        desk.Do(CaseActor.Citizen, new ConfirmCase());
        Assert.Equal((1, 1), CaseRates.ConfirmedResolution.Of(desk.Counts));
        desk.Do(CaseActor.Citizen, new ReopenCase("unsolved"));
        Assert.Equal(((1, 1), (0, 1)), (CaseRates.ClaimedResolution.Of(desk.Counts), CaseRates.ConfirmedResolution.Of(desk.Counts)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_citizen_confirmed_is_confirmed_no_more_whoever_opens_it_again(bool byCity)
    {
        var desk = Open(byCity ? CaseKind.HotlineOrder : CaseKind.Question);
        if (byCity)
            desk.Do(Clerk, new SignForCase());
        desk.Do(Clerk, Done).Do(Clerk, Reached).Do(CaseActor.Citizen, new ConfirmCase()).After(Some.Day);
        Assert.Equal((1, 1), CaseRates.ConfirmedResolution.Of(desk.Counts));
        desk.Do(byCity ? CaseActor.City : Clerk, new ReopenCase("found"));
        Assert.Equal((null, (0, 1)), (desk.State.Solved, CaseRates.ConfirmedResolution.Of(desk.Counts)));
        // The new answer is confirmed by nobody until the citizen says so.
        desk.Do(Clerk, Done).Do(Clerk, Reached).Do(Clerk, new CloseCase());
        Assert.Equal((CaseEnding.Answered, (0, 1)), (desk.State.Closing!.Ending, CaseRates.ConfirmedResolution.Of(desk.Counts)));
        desk.Do(CaseActor.Citizen, new ConfirmCase());
        Assert.Equal((true, (1, 1)), (desk.State.Solved, CaseRates.ConfirmedResolution.Of(desk.Counts)));
    }

    [Fact]
    public void A_call_back_that_reaches_nobody_is_in_no_satisfaction_and_counted_apart()
    {
        var missed = new CallCitizenBack(Reached: false);
        var desk = ToCallBack().Do(Clerk, missed).Do(Clerk, missed);
        Assert.True(desk.State.ToCallBack);
        desk.Do(Clerk, missed).Do(Clerk, new CloseCase());
        Assert.Equal(((0, 1), 1), (CaseRates.CallBack.Of(desk.Counts), desk.Counts["call-back-unreachable/complaint"]));
        Assert.Equal(CaseEnding.Answered, desk.State.Closing!.Ending);
    }

    [Theory]
    [InlineData(Grade.FairlySatisfied, 1)]
    [InlineData(Grade.Dissatisfied, 0)]
    public void Satisfied_with_the_rectification_is_grade_three_and_better(Grade grade, long satisfied)
    {
        var desk = Open(CaseKind.BadRating).Do(Officer, new VerifyRating(RatingFinding.True)).Do(Clerk, Done).Do(Clerk, Reached)
            .Do(Supervisor, new CallCitizenBack(Reached: true, Grade: grade));
        Assert.Equal((satisfied, 1), CaseRates.CallBackSatisfaction.Of(desk.Counts));
    }

    [Fact]
    public void Every_round_is_called_back_for_itself()
    {
        var desk = ToCallBack().Do(Clerk, new CallCitizenBack(Reached: true, Solved: false)).Do(Clerk, Done).Do(Clerk, Reached);
        Assert.Equal((1, 2), CaseRates.CallBack.Of(desk.Counts));
        desk.Do(Clerk, new CallCitizenBack(Reached: true, Solved: true));
        Assert.Equal((2, 2), CaseRates.CallBack.Of(desk.Counts));
    }

    [Theory]
    [InlineData(RatingFinding.True, 0, 1, 1)]
    [InlineData(RatingFinding.Partly, 1, 0, 1)]
    [InlineData(RatingFinding.Not, 0, 0, 0)]
    public void Rectification_is_due_for_what_is_true_and_in_time_by_its_deadline(RatingFinding finding, long beyond, long inTime, long due)
    {
        var desk = Open(CaseKind.BadRating).Due(ClockKind.Rectification, Some.Morning + Some.Day).Do(Officer, new VerifyRating(finding)).After(Some.Day + beyond).Do(Clerk, Done);
        Assert.Equal((inTime, due), CaseRates.RectificationInTime.Of(desk.Counts));
    }

    [Fact]
    public void What_was_overdue_and_is_excluded_was_never_due()
    {
        var desk = Open(CaseKind.BadRating).After(2 * Some.Day).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Rectification, Some.Morning))
            .Do(Clerk, new AppealRating("self-rating"));
        Assert.Equal((0, 1), CaseRates.RectificationInTime.Of(desk.Counts));
        desk.Do(Supervisor, new DecideAppeal(true, "self-rating"));
        Assert.Equal(((0, 0), 1), (CaseRates.RectificationInTime.Of(desk.Counts), desk.Counts["accountability/overdue/bad-rating"]));
    }

    [Fact]
    public void A_rate_is_of_one_kind_or_of_all()
    {
        var counts = Open().Counts.Plus(Open(CaseKind.Question).Do(Clerk, Done).Counts);
        Assert.Equal((1, 2), CaseRates.ClaimedResolution.Of(counts));
        Assert.Equal((0, 1), CaseRates.ClaimedResolution.Of(counts, CaseKind.Complaint));
        Assert.Equal((0, 0), CaseRates.HotlineReturn.Of(counts, CaseKind.Complaint));
        Assert.Equal(CaseRates.All.Length, CaseRates.All.Select(rate => rate.Word).Distinct().Count());
    }

    [Fact]
    public void Durations_are_counted_in_buckets_from_the_opening_on()
    {
        var desk = Open(CaseKind.Question).After(5 * Some.Minute).Do(Clerk, new NoteProgress(Text, Told: true)).Do(Clerk, Done).After(Some.Minute).Do(Clerk, Reached)
            .After(14 * Some.Minute).Do(Clerk, new CloseCase());
        Assert.Equal((1, 1), (desk.Counts["first-response-took/5/question"], desk.Counts["closing-took/18/question"]));
        desk.Do(Clerk, new ReopenCase("found"));
        Assert.Equal(0, desk.Counts["closing-took/18/question"]);
    }

    [Fact]
    public void A_bucket_starts_less_than_an_eighth_below_what_is_in_it() => Gen.Long[0, 100_000_000].Sample(minutes =>
    {
        var bucket = CaseCodes.BucketOf(minutes);
        var (least, next) = (CaseCodes.LeastOf(bucket), CaseCodes.LeastOf(bucket + 1));
        return least <= minutes && minutes < next && (minutes - least) * 8 <= minutes;
    }, iter: 100_000);
}
