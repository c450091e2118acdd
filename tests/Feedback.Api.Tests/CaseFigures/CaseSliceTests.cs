using Feedback.Api.CaseFigures;
using Feedback.Domain.Cases;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Api.Tests.CaseFigures;

/// <summary>Every rate of DOMAIN by hand: what is counted above and below.</summary>
public sealed class CaseSliceTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static CaseSlice Of(params (string Code, CaseKind Kind, long Count)[] counts) => CaseSlice.Of("total", Day, Day.AddDays(1), counts.Aggregate(
        CaseCounts.Empty, (sum, one) => sum.Plus(CaseCodes.Of(one.Code, one.Kind), one.Count)));

    [Fact]
    public void Without_a_denominator_every_rate_is_null()
    {
        var none = Of();

        Assert.Equal(11, none.Rates.Count);
        Assert.All(none.Rates.Values.Append(none.Resolution.Claimed).Append(none.Resolution.Confirmed).Append(none.Apart.Unreachable),
            rate => Assert.Equal(new CaseRateView(null, 0, 0, null, null), rate));
        Assert.Equal((0, null, null), (none.Closing.Cases, none.Closing.Median, none.FirstResponse.Ninetieth));
        Assert.Empty(none.Kinds);
    }

    [Fact]
    public void Each_rate_divides_what_its_definition_says()
    {
        const CaseKind Bad = CaseKind.BadRating, Order = CaseKind.HotlineOrder, Question = CaseKind.Question;
        var slice = Of(
            (CaseCodes.Opened, Bad, 10), (CaseCodes.Valid, Bad, 8), (CaseCodes.Rectified, Bad, 6), (CaseCodes.Excluded, Bad, 1),
            (CaseCodes.Due(ClockKind.Rectification), Bad, 7), (CaseCodes.InTime(ClockKind.Rectification), Bad, 5),
            (CaseCodes.ToCallBack, Bad, 6), (CaseCodes.CalledBack, Bad, 5), (CaseCodes.CallBackUnreachable, Bad, 1),
            (CaseCodes.CallBackGraded, Bad, 4), (CaseCodes.CallBackSatisfied, Bad, 3),
            (CaseCodes.Opened, Order, 20), (CaseCodes.Dispatched, Order, 23), (CaseCodes.ToSign, Order, 22), (CaseCodes.ToRespond, Order, 19),
            (CaseCodes.InTime(ClockKind.SignFor), Order, 11), (CaseCodes.Returned, Order, 2),
            (CaseCodes.InTime(ClockKind.FirstResponse), Order, 15), (CaseCodes.Due(ClockKind.FirstResponse), Order, 18),
            (CaseCodes.Answered, Order, 10), (CaseCodes.SentBack, Order, 1), (CaseCodes.AnsweredAs(FeedbackOutcome.NotReached), Order, 2),
            (CaseCodes.CityCalledBack, Order, 8), (CaseCodes.CitySolved, Order, 6), (CaseCodes.CitySatisfied, Order, 5),
            (CaseCodes.Due(ClockKind.Completion), Order, 10), (CaseCodes.InTime(ClockKind.Completion), Order, 9), (CaseCodes.Unjudged(ClockKind.Completion), Order, 3),
            (CaseCodes.Claimed, Order, 12), (CaseCodes.Confirmed, Order, 6), (CaseCodes.Opened, Question, 2), (CaseCodes.Claimed, Question, 2));

        Assert.Equal(
            new Dictionary<string, (long, long)>
            {
                ["rectification"] = (6, 8),
                ["rectification-in-time"] = (5, 7),
                ["call-back"] = (5, 6),
                ["call-back-satisfaction"] = (3, 4),
                ["hotline-response"] = (15, 19),
                ["hotline-solution"] = (6, 8),
                ["hotline-satisfaction"] = (5, 8),
                ["hotline-signing"] = (11, 22),
                ["hotline-return"] = (2, 23),
                ["hotline-sent-back"] = (1, 10),
                ["on-time"] = (9, 10),
            },
            slice.Rates.ToDictionary(rate => rate.Key, rate => (rate.Value.Numerator, rate.Value.Denominator)));
        Assert.Equal(((14, 32), (6, 32)), (Counts(slice.Resolution.Claimed), Counts(slice.Resolution.Confirmed)));
        Assert.Equal(((2, 10), 1, 1, 3), (Counts(slice.Apart.Unreachable), slice.Apart.CallBackUnreachable, slice.Apart.Excluded, slice.Apart.Unjudged));
        Assert.Equal((0.75, 0.5), (slice.Rates["rectification"].Value, slice.Rates["hotline-signing"].Value));
        Assert.Equal(["question", "bad-rating", "hotline-order"], slice.Kinds.Keys);
        Assert.Equal((12, 2), (slice.Kinds["hotline-order"].Counts["claimed"], slice.Kinds["hotline-order"].Counts["answered-as/not-reached"]));
    }

    [Fact]
    public void Durations_are_told_by_kind_and_stand_in_no_count()
    {
        var slice = Of((CaseCodes.ClosingTook(5 * 60_000), CaseKind.Question, 2), (CaseCodes.Closed, CaseKind.Question, 2));

        Assert.Equal(new DurationsView(2, new BandView(5, 6), new BandView(5, 6)), slice.Closing);
        Assert.Equal(slice.Closing, slice.Kinds["question"].Closing);
        Assert.Equal(["closed"], slice.Kinds["question"].Counts.Keys);
    }

    private static (long, long) Counts(CaseRateView rate) => (rate.Numerator, rate.Denominator);
}
