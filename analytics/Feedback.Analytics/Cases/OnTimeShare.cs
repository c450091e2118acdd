using Feedback.Analytics.Rates;

namespace Feedback.Analytics.Cases;

/// <summary>
/// 按时办结率: cases completed within their limit / cases completed or overdue, in natural time. Exactly at the limit is in time.
/// A case that is open and within its limit is in neither. A fraction 0 … 1; undefined where nothing is completed or overdue.
/// </summary>
public static class OnTimeShare
{
    /// <summary>The share under one limit.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="limit">The limit, counted from the opening.</param>
    /// <param name="asOf">The instant at which it is asked, milliseconds UTC; what comes later is not known yet.</param>
    public static Proportion Of(IEnumerable<CaseSpan> cases, TimeSpan limit, long asOf) => Of(cases, _ => limit, asOf);

    /// <summary>The share under limits of their own.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="limit">The limit of a case, counted from the opening; null for none: then it is in neither count.</param>
    /// <param name="asOf">The instant at which it is asked, milliseconds UTC.</param>
    public static Proportion Of(IEnumerable<CaseSpan> cases, Func<CaseSpan, TimeSpan?> limit, long asOf)
    {
        var (inTime, judged) = (0L, 0L);
        foreach (var one in cases.Where(one => one.OpenedAt <= asOf))
        {
            if (limit(one) is not { } allowed)
                continue;
            var deadline = one.OpenedAt + (long)allowed.TotalMilliseconds;
            if (!one.IsOpenAt(asOf))
                (inTime, judged) = (inTime + (one.ClosedAt <= deadline ? 1 : 0), judged + 1);
            else if (asOf > deadline)
                judged++;
        }

        return new Proportion(inTime, judged);
    }
}
