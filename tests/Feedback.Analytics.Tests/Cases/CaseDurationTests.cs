using Feedback.Analytics.Cases;
using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Analytics.Tests.Cases;

public class CaseDurationTests
{
    private static CaseCounts Closed(CaseKind kind, params long[] minutes) => minutes.Aggregate(
        CaseCounts.Empty, (counts, one) => counts.Plus(CaseCodes.Of(CaseCodes.ClosingTook(one * 60_000), kind), 1));

    [Fact]
    public void Without_cases_a_quantile_is_undefined()
    {
        var none = CaseDurations.Of(CaseCounts.Empty, CaseCodes.ClosingDurations);

        Assert.Equal((0, null, null), (none.Cases, none.Quantile(50), none.Quantile(90)));
    }

    [Fact]
    public void A_quantile_is_the_bucket_of_the_value_at_its_rank()
    {
        // Ranks ⌈0.5·4⌉ = 2 and ⌈0.9·4⌉ = 4: 7 minutes, and 120 minutes, which lie in the bucket of 120 to 127.
        var four = CaseDurations.Of(Closed(CaseKind.Question, 5, 7, 15, 120), CaseCodes.ClosingDurations);

        Assert.Equal((4, new DurationBand(7, 8), new DurationBand(120, 128)), (four.Cases, four.Quantile(50), four.Quantile(90)));
    }

    [Fact]
    public void Every_bucket_holds_what_nearest_rank_takes_from_the_durations_themselves()
    {
        long[] took = [0, 3, 3, 17, 40, 41, 90, 600, 1440, 20_000, 43_200];
        var durations = CaseDurations.Of(Closed(CaseKind.Complaint, took), CaseCodes.ClosingDurations);

        for (var percent = 1; percent <= 100; percent++)
        {
            var (exact, band) = (NearestRank.Of(took, percent)!.Value, durations.Quantile(percent)!.Value);
            Assert.True(band.From <= exact && exact < band.Below, $"{percent}: {exact} is not in {band}.");
        }
    }

    [Fact]
    public void Durations_are_of_one_kind_or_of_all_and_never_of_another_code()
    {
        var counts = Closed(CaseKind.Question, 5).Plus(Closed(CaseKind.Complaint, 9)).Plus(CaseCodes.Of(CaseCodes.FirstResponseTook(60_000), CaseKind.Question), 1);

        Assert.Equal(2, CaseDurations.Of(counts, CaseCodes.ClosingDurations).Cases);
        Assert.Equal(new DurationBand(9, 10), CaseDurations.Of(counts, CaseCodes.ClosingDurations, CaseKind.Complaint).Quantile(50));
        Assert.Equal(new DurationBand(1, 2), CaseDurations.Of(counts, CaseCodes.FirstResponseDurations).Quantile(50));
    }
}
