using Feedback.Analytics.Cases;
using Feedback.Domain.Cases;

namespace Feedback.Api.CaseFigures;

/// <summary>
/// A rate of cases. Counts are flows of the days asked for: over a short time the numerator may exceed the denominator, and then there is
/// no interval.
/// </summary>
/// <param name="Value">0 or more; null when the denominator is 0.</param>
/// <param name="Numerator">The count above.</param>
/// <param name="Denominator">The count below.</param>
/// <param name="Low">The lower end of the 95 % Wilson interval; null when undefined.</param>
/// <param name="High">The upper end of the 95 % Wilson interval; null when undefined.</param>
public sealed record CaseRateView(double? Value, long Numerator, long Denominator, double? Low, double? High)
{
    internal static CaseRateView Of(CaseRateFigure figure) =>
        new(figure.Value, figure.Numerator, figure.Denominator, figure.Interval?.Low, figure.Interval?.High);

    internal static CaseRateView Of(CaseRate rate, CaseCounts counts) => Of(CaseRateFigure.Of(rate, counts));
}

/// <summary>办结与解决: what the office claims and what the citizen confirms, never one without the other.</summary>
/// <param name="Claimed">Claimed as done by the office / opened.</param>
/// <param name="Confirmed">Solved as the citizen says / opened.</param>
public sealed record ResolutionView(CaseRateView Claimed, CaseRateView Confirmed);

/// <summary>What is in no rate, or is told beside it.</summary>
/// <param name="Unreachable">Answers that reached nobody in as many attempts as are demanded, of all answered.</param>
/// <param name="CallBackUnreachable">Call backs that reached nobody.</param>
/// <param name="Excluded">Bad ratings excluded by an upheld appeal, or by supervision without one.</param>
/// <param name="Unjudged">Clocks done with while their deadline was pending, for want of a calendar.</param>
public sealed record ApartView(CaseRateView Unreachable, long CallBackUnreachable, long Excluded, long Unjudged);

/// <summary>A quantile of durations in whole minutes of natural time: at least <paramref name="From"/>, less than <paramref name="Below"/>.</summary>
/// <param name="From">The least minutes.</param>
/// <param name="Below">The minutes that it does not reach.</param>
public sealed record BandView(long From, long Below);

/// <summary>How long something took.</summary>
/// <param name="Cases">The cases for which it was done.</param>
/// <param name="Median">The median; null where there are none.</param>
/// <param name="Ninetieth">The 90th percentile; null where there are none.</param>
public sealed record DurationsView(long Cases, BandView? Median, BandView? Ninetieth)
{
    internal static DurationsView Of(CaseCounts counts, string code, CaseKind? kind = null)
    {
        var durations = CaseDurations.Of(counts, code, kind);
        return new DurationsView(durations.Cases, Band(durations.Quantile(50)), Band(durations.Quantile(90)));
    }

    private static BandView? Band(DurationBand? band) => band is var (from, below) ? new BandView(from, below) : null;
}

/// <summary>What happened to one kind of case.</summary>
/// <param name="Counts">How many by what happened, such as <c>opened</c>, <c>closed-as/answered</c>, <c>due/completion</c>.</param>
/// <param name="FirstResponse">How long the first response took.</param>
/// <param name="Closing">How long it took until they were closed.</param>
public sealed record CaseKindFigures(IReadOnlyDictionary<string, long> Counts, DurationsView FirstResponse, DurationsView Closing);

/// <summary>The figures of cases at a node in a slice of time.</summary>
/// <param name="Period">The slice's label, such as 2026-11-23, 2026-11, or total.</param>
/// <param name="From">The first local day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Rates">Every rate by its word.</param>
/// <param name="Resolution">Claimed and confirmed side by side.</param>
/// <param name="Apart">What is told beside the rates.</param>
/// <param name="FirstResponse">How long the first response took, cases of all kinds.</param>
/// <param name="Closing">How long it took until they were closed, cases of all kinds.</param>
/// <param name="Kinds">What happened, kind by kind; kinds without any are not there.</param>
public sealed record CaseSlice(
    string Period, DateOnly From, DateOnly To, IReadOnlyDictionary<string, CaseRateView> Rates, ResolutionView Resolution, ApartView Apart,
    DurationsView FirstResponse, DurationsView Closing, IReadOnlyDictionary<string, CaseKindFigures> Kinds)
{
    // Those two are told side by side, and this one beside the answered.
    private static readonly CaseRate[] ToldApart = [CaseRates.ClaimedResolution, CaseRates.ConfirmedResolution, CaseRates.Unreachable];

    /// <summary>Computes the figures of counts.</summary>
    public static CaseSlice Of(string label, DateOnly from, DateOnly to, CaseCounts counts) => new(
        label, from, to,
        CaseRates.All.Except(ToldApart).ToDictionary(rate => rate.Word, rate => CaseRateView.Of(rate, counts)),
        new ResolutionView(CaseRateView.Of(CaseRates.ClaimedResolution, counts), CaseRateView.Of(CaseRates.ConfirmedResolution, counts)),
        new ApartView(
            CaseRateView.Of(CaseRates.Unreachable, counts), SumOf(counts, CaseCodes.CallBackUnreachable), SumOf(counts, CaseCodes.Excluded), SumOf(counts, "unjudged")),
        DurationsView.Of(counts, CaseCodes.FirstResponseDurations),
        DurationsView.Of(counts, CaseCodes.ClosingDurations),
        KindsOf(counts));

    private static long SumOf(CaseCounts counts, string code) =>
        counts.All.Where(count => count.Key.StartsWith(code + "/", StringComparison.Ordinal)).Sum(count => count.Value);

    private static Dictionary<string, CaseKindFigures> KindsOf(CaseCounts counts) => counts.All
        .GroupBy(count => count.Key[(count.Key.LastIndexOf('/') + 1)..])
        .Select(kind => (Kind: CaseWords.KindOf(kind.Key), Counts: kind))
        .Where(kind => kind.Kind is not null).OrderBy(kind => kind.Kind)
        .ToDictionary(kind => kind.Counts.Key, kind => new CaseKindFigures(
            kind.Counts.Where(count => !IsDuration(count.Key)).ToDictionary(count => count.Key[..count.Key.LastIndexOf('/')], count => count.Value),
            DurationsView.Of(counts, CaseCodes.FirstResponseDurations, kind.Kind),
            DurationsView.Of(counts, CaseCodes.ClosingDurations, kind.Kind)));

    private static bool IsDuration(string code) =>
        code.StartsWith(CaseCodes.FirstResponseDurations + "/", StringComparison.Ordinal) || code.StartsWith(CaseCodes.ClosingDurations + "/", StringComparison.Ordinal);
}
