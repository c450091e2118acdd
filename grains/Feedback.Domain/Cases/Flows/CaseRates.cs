using System.Collections.Immutable;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>A rate of two counts; undefined when the denominator is 0.</summary>
/// <param name="Word">Its stable word.</param>
/// <param name="Numerator">The code counted above.</param>
/// <param name="Denominator">The code counted below.</param>
/// <param name="Only">The only kind that it is about; null for every kind.</param>
public sealed record CaseRate(string Word, string Numerator, string Denominator, CaseKind? Only = null)
{
    /// <summary>Both counts of a kind, or of all kinds that the rate is about.</summary>
    public (long Numerator, long Denominator) Of(CaseCounts counts, CaseKind? kind = null)
    {
        IEnumerable<CaseKind> kinds = (kind ?? Only) is { } one ? [one] : Enum.GetValues<CaseKind>();
        var asked = kinds.Where(of => Only is null || of == Only).ToList();
        return (asked.Sum(of => counts[CaseCodes.Of(Numerator, of)]), asked.Sum(of => counts[CaseCodes.Of(Denominator, of)]));
    }
}

/// <summary>
/// The rates of cases, one definition each. Numerators and denominators are flows of the days asked for: over a short time a
/// numerator may belong to a denominator counted before it.
/// </summary>
public static class CaseRates
{
    /// <summary>差评整改率: rectified / valid bad ratings.</summary>
    public static readonly CaseRate Rectification = new("rectification", CaseCodes.Rectified, CaseCodes.Valid, CaseKind.BadRating);

    /// <summary>按期整改率: rectified in time / rectification due.</summary>
    public static readonly CaseRate RectificationInTime =
        new("rectification-in-time", CaseCodes.InTime(ClockKind.Rectification), CaseCodes.Due(ClockKind.Rectification), CaseKind.BadRating);

    /// <summary>回访率: called back / to be called back.</summary>
    public static readonly CaseRate CallBack = new("call-back", CaseCodes.CalledBack, CaseCodes.ToCallBack);

    /// <summary>回访整改满意率: satisfied / called back and answered, of bad ratings.</summary>
    public static readonly CaseRate CallBackSatisfaction =
        new("call-back-satisfaction", CaseCodes.CallBackSatisfied, CaseCodes.CallBackGraded, CaseKind.BadRating);

    /// <summary>响应率 of the 12345 hotline: contacted in time / orders dispatched that the city did not take back.</summary>
    public static readonly CaseRate HotlineResponse =
        new("hotline-response", CaseCodes.InTime(ClockKind.FirstResponse), CaseCodes.ToRespond, CaseKind.HotlineOrder);

    /// <summary>解决率 of the 12345 hotline: solved as the citizen confirms / called back.</summary>
    public static readonly CaseRate HotlineSolution = new("hotline-solution", CaseCodes.CitySolved, CaseCodes.CityCalledBack, CaseKind.HotlineOrder);

    /// <summary>满意率 of the 12345 hotline: satisfied / called back.</summary>
    public static readonly CaseRate HotlineSatisfaction =
        new("hotline-satisfaction", CaseCodes.CitySatisfied, CaseCodes.CityCalledBack, CaseKind.HotlineOrder);

    /// <summary>及时接收率: hotline work orders signed for in time / dispatched, without orders that the city took back.</summary>
    public static readonly CaseRate HotlineSigning =
        new("hotline-signing", CaseCodes.InTime(ClockKind.SignFor), CaseCodes.ToSign, CaseKind.HotlineOrder);

    /// <summary>回退率: returned / dispatched, whatever became of the order.</summary>
    public static readonly CaseRate HotlineReturn = new("hotline-return", CaseCodes.Returned, CaseCodes.Dispatched, CaseKind.HotlineOrder);

    /// <summary>重办率: sent back after call back / answered.</summary>
    public static readonly CaseRate HotlineSentBack = new("hotline-sent-back", CaseCodes.SentBack, CaseCodes.Answered, CaseKind.HotlineOrder);

    /// <summary>按时办结率: completed within the limit / completed or overdue.</summary>
    public static readonly CaseRate OnTime = new("on-time", CaseCodes.InTime(ClockKind.Completion), CaseCodes.Due(ClockKind.Completion));

    /// <summary>办结率, as the office claims: claimed / opened. Always beside <see cref="ConfirmedResolution"/>.</summary>
    public static readonly CaseRate ClaimedResolution = new("claimed-resolution", CaseCodes.Claimed, CaseCodes.Opened);

    /// <summary>解决率, as the citizen confirms: confirmed / opened. Always beside <see cref="ClaimedResolution"/>.</summary>
    public static readonly CaseRate ConfirmedResolution = new("confirmed-resolution", CaseCodes.Confirmed, CaseCodes.Opened);

    /// <summary>The share of the unreachable: not reached in as many attempts as are demanded / answered.</summary>
    public static readonly CaseRate Unreachable = new("unreachable", CaseCodes.AnsweredAs(FeedbackOutcome.NotReached), CaseCodes.Answered);

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<CaseRate> All =
    [
        Rectification, RectificationInTime, CallBack, CallBackSatisfaction, HotlineResponse, HotlineSolution, HotlineSatisfaction,
        HotlineSigning, HotlineReturn, HotlineSentBack, OnTime, ClaimedResolution, ConfirmedResolution, Unreachable,
    ];
}
