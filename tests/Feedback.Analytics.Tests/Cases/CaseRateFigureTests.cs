using Feedback.Analytics.Cases;
using Feedback.Analytics.Rates;
using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Analytics.Tests.Cases;

public class CaseRateFigureTests
{
    [Fact]
    public void Every_rate_is_undefined_without_a_denominator() => Assert.All(CaseRateFigure.All(CaseCounts.Empty), figure =>
        Assert.Equal((0, null, null, null), (figure.Denominator, figure.Value, figure.Share, figure.Interval)));

    [Fact]
    public void A_rate_has_both_its_counts_and_the_Wilson_interval()
    {
        var counts = CaseCounts.Empty
            .Plus(CaseCodes.Of(CaseCodes.Valid, CaseKind.BadRating), 10).Plus(CaseCodes.Of(CaseCodes.Rectified, CaseKind.BadRating), 9);

        var figure = CaseRateFigure.Of(CaseRates.Rectification, counts);

        Assert.Equal((9, 10, 0.9), (figure.Numerator, figure.Denominator, figure.Value));
        Assert.Equal(WilsonInterval.Of(new Proportion(9, 10)), figure.Interval);
        // Only bad ratings are put right: of another kind the rate says nothing.
        Assert.Null(CaseRateFigure.Of(CaseRates.Rectification, counts, CaseKind.Complaint).Value);
    }

    [Fact]
    public void A_numerator_of_earlier_days_gives_a_rate_above_one_and_no_interval()
    {
        var counts = CaseCounts.Empty
            .Plus(CaseCodes.Of(CaseCodes.Valid, CaseKind.BadRating), 1).Plus(CaseCodes.Of(CaseCodes.Rectified, CaseKind.BadRating), 2);

        var figure = CaseRateFigure.Of(CaseRates.Rectification, counts);

        Assert.Equal((2.0, null), (figure.Value, figure.Interval));
    }
}
