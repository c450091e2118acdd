using System.Globalization;
using System.Numerics;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>The codes under which flows are counted: what, and of which kind, such as <c>opened/complaint</c>.</summary>
public static class CaseCodes
{
    /// <summary>Opened. Opened = closed + merged + still open.</summary>
    public const string Opened = "opened";

    /// <summary>Sent to a unit that is to sign for it; each time. A transfer is one, too, but not of an order of the hotline: that is dispatched by the city.</summary>
    public const string Dispatched = "dispatched";

    /// <summary>
    /// Orders of the hotline that are to be signed for: each time that the city dispatched one. Taken back, like what became of it, when the city
    /// takes the order back (<see cref="CaseEnding.Withdrawn"/>): it was never ours.
    /// </summary>
    public const string ToSign = "to-sign";

    /// <summary>
    /// Orders of the hotline whose citizens are to be contacted. Taken back when the city takes the order back; counted again when it is
    /// opened again after that.
    /// </summary>
    public const string ToRespond = "to-respond";

    /// <summary>Signed for; each time.</summary>
    public const string SignedFor = "signed-for";

    /// <summary>Returned by the unit; each time. An order of the hotline is returned to the city, once for each time that the city sent it.</summary>
    public const string Returned = "returned";

    /// <summary>Closed. Taken back when it is opened again or sent back.</summary>
    public const string Closed = "closed";

    /// <summary>Merged into another.</summary>
    public const string Merged = "merged";

    /// <summary>Opened again or sent back after it was closed; each time.</summary>
    public const string Reopened = "reopened";

    /// <summary>The office claimed that it is done: once, on the day of the first claim, whatever came of it.</summary>
    public const string Claimed = "claimed";

    /// <summary>The citizen says that it is solved, here or when called back. Taken back when the citizen says otherwise.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The citizen had an answer, or was unreachable: once, on the day of the first.</summary>
    public const string Answered = "answered";

    /// <summary>Sent back to be handled once more (重办): once, on the day of the first time.</summary>
    public const string SentBack = "sent-back";

    /// <summary>Bad ratings that are true, at least partly, and not excluded.</summary>
    public const string Valid = "valid";

    /// <summary>Valid bad ratings of which the unit says that they were put right. Taken back when the case goes back.</summary>
    public const string Rectified = "rectified";

    /// <summary>Bad ratings that were appealed against.</summary>
    public const string Appealed = "appealed";

    /// <summary>Bad ratings excluded by an upheld appeal, or by supervision without one; they stay counted as opened.</summary>
    public const string Excluded = "excluded";

    /// <summary>To be called back, on the day of the answer. Taken back when the citizen's own word comes first.</summary>
    public const string ToCallBack = "to-call-back";

    /// <summary>Of those to be called back: reached.</summary>
    public const string CalledBack = "called-back";

    /// <summary>Of those to be called back: not reached in as many attempts as are demanded; counted apart.</summary>
    public const string CallBackUnreachable = "call-back-unreachable";

    /// <summary>Of those called back: answered with a grade.</summary>
    public const string CallBackGraded = "call-back-graded";

    /// <summary>Of those: grade 3 to 5.</summary>
    public const string CallBackSatisfied = "call-back-satisfied";

    /// <summary>Called back by the city and reached; of several results the last stands.</summary>
    public const string CityCalledBack = "city-called-back";

    /// <summary>Of those: solved, as the citizen says.</summary>
    public const string CitySolved = "city-solved";

    /// <summary>Of those: grade 3 to 5.</summary>
    public const string CitySatisfied = "city-satisfied";

    /// <summary>Asked to hurry (催办); each time.</summary>
    public const string Urged = "urged";

    /// <summary>Watched over by supervision (督办); each time.</summary>
    public const string Supervised = "supervised";

    /// <summary>Criticised before all others (通报); each time.</summary>
    public const string Circulated = "circulated";

    /// <summary>A code with its kind.</summary>
    public static string Of(string code, CaseKind kind) => $"{code}/{kind.Word()}";

    /// <summary>What closed it. Taken back when it is opened again.</summary>
    public static string ClosedAs(CaseEnding ending) => $"closed-as/{ending.Word()}";

    /// <summary>
    /// The answer that the citizen has: reached, posted, or <c>answered-as/not-reached</c> for the unreachable, counted apart.
    /// Taken back when the case goes back, and where a later answer reaches the citizen after all.
    /// </summary>
    public static string AnsweredAs(FeedbackOutcome outcome) => $"answered-as/{outcome.Word()}";

    /// <summary>Somebody has to answer for something; each time.</summary>
    public static string Accountability(string kind) => $"accountability/{kind}";

    /// <summary>A run of a clock that was done with or passed its deadline, whichever came first.</summary>
    public static string Due(ClockKind clock) => $"due/{clock.Word()}";

    /// <summary>Of those: done by the deadline.</summary>
    public static string InTime(ClockKind clock) => $"in-time/{clock.Word()}";

    /// <summary>A run that was done with while its deadline was pending: in no rate, and shown.</summary>
    public static string Unjudged(ClockKind clock) => $"unjudged/{clock.Word()}";

    /// <summary>How long something took, with the bucket after it: <see cref="FirstResponseTook"/>.</summary>
    public const string FirstResponseDurations = "first-response-took";

    /// <summary>The same of <see cref="ClosingTook"/>.</summary>
    public const string ClosingDurations = "closing-took";

    /// <summary>How long the first response took, as a bucket of minutes (<see cref="BucketOf"/>).</summary>
    /// <param name="took">Milliseconds from the opening on.</param>
    public static string FirstResponseTook(long took) => Took(FirstResponseDurations, took);

    /// <summary>How long it took until it was closed, as a bucket of minutes. Taken back when it is opened again.</summary>
    /// <param name="took">Milliseconds from the opening on.</param>
    public static string ClosingTook(long took) => Took(ClosingDurations, took);

    /// <summary>
    /// The bucket of a duration: minutes one by one up to 16, then eight buckets for each doubling, so that a quantile read from
    /// buckets is less than an eighth too small.
    /// </summary>
    /// <param name="minutes">Whole minutes, not negative.</param>
    public static int BucketOf(long minutes)
    {
        if (minutes < 8)
            return (int)minutes;
        var doublings = BitOperations.Log2((ulong)minutes) - 3;
        return (doublings * 8) + (int)(minutes >> doublings);
    }

    /// <summary>The least minutes of a bucket.</summary>
    public static long LeastOf(int bucket) => bucket < 16 ? bucket : (8L + (bucket % 8)) << ((bucket / 8) - 1);

    private static string Took(string code, long took) =>
        code + "/" + BucketOf(Math.Max(0, took) / 60_000).ToString(CultureInfo.InvariantCulture);
}
