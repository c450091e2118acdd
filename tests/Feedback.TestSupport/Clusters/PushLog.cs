using System.Collections.Concurrent;

namespace Feedback.TestSupport.Clusters;

/// <summary>How one attempt to push ended.</summary>
public enum AttemptEnd
{
    /// <summary>With a receipt.</summary>
    Acknowledged,

    /// <summary>With an answer that asks to come again (429, 503).</summary>
    Refused,

    /// <summary>Nobody listened.</summary>
    Unreachable,

    /// <summary>Without an answer in time, or cut off: nobody knows.</summary>
    Unknown,
}

/// <summary>One attempt of one kiosk.</summary>
/// <param name="Window">The window.</param>
/// <param name="Number">Which attempt for this evaluation, from 0.</param>
/// <param name="Due">When the evaluation was due, since the start of the load.</param>
/// <param name="Began">When the attempt began, since the start of the load.</param>
/// <param name="Ended">When it ended, since the start of the load.</param>
/// <param name="End">How it ended.</param>
/// <param name="Again">After how long to come again, if the answer said so.</param>
public sealed record PushAttempt(string Window, int Number, TimeSpan Due, TimeSpan Began, TimeSpan Ended, AttemptEnd End, TimeSpan? Again = null);

/// <summary>What kiosks met: every attempt with its times, and what follows from them.</summary>
public sealed class PushLog
{
    private readonly ConcurrentQueue<PushAttempt> _attempts = new();

    /// <summary>Every attempt, in no order.</summary>
    public IReadOnlyCollection<PushAttempt> Attempts => _attempts;

    /// <summary>How many evaluations were acknowledged.</summary>
    public int Acknowledged => _attempts.Count(attempt => attempt.End == AttemptEnd.Acknowledged);

    /// <summary>
    /// The share of evaluations whose first attempt was acknowledged, 0 to 1; 1 without any. One that waited for more than a second
    /// before it was tried, because earlier ones of its kiosk failed, does not count as such.
    /// </summary>
    public double FirstTryShare => ShareOf(
        _attempts.Where(attempt => attempt.Number == 0),
        attempt => attempt.End == AttemptEnd.Acknowledged && attempt.Began - attempt.Due < TimeSpan.FromSeconds(1));

    /// <summary>How many attempts ended so.</summary>
    public int Count(AttemptEnd end) => _attempts.Count(attempt => attempt.End == end);

    /// <summary>How many attempts failed, whatever the reason.</summary>
    public int Failed => _attempts.Count(attempt => attempt.End != AttemptEnd.Acknowledged);

    /// <summary>The attempts that failed, whatever the reason.</summary>
    /// <param name="since">Only those that ended from then on, since the start of the load: what was under way at that moment counts.</param>
    public IReadOnlyList<PushAttempt> FailedFrom(TimeSpan since) => [.. _attempts.Where(attempt => attempt.Ended >= since && attempt.End != AttemptEnd.Acknowledged)];

    /// <summary>The attempts that failed without an answer that says when to come again.</summary>
    /// <param name="since">Only of evaluations that were due from then on, since the start of the load.</param>
    public IReadOnlyList<PushAttempt> Unanswered(TimeSpan since) =>
        [.. _attempts.Where(attempt => attempt.Due >= since && attempt.End != AttemptEnd.Acknowledged && attempt is not { End: AttemptEnd.Refused, Again: not null })];

    /// <summary>How often the evaluation that was sent most often was sent; 0 without any.</summary>
    public int MostTries() => _attempts.Select(attempt => attempt.Number + 1).DefaultIfEmpty(0).Max();

    /// <summary>The share of evaluations that were acknowledged within so long after they were due, 0 to 1; 1 without any.</summary>
    public double ShareWithin(TimeSpan time) =>
        ShareOf(_attempts.Where(attempt => attempt.End == AttemptEnd.Acknowledged), attempt => attempt.Ended - attempt.Due <= time);

    /// <summary>The time from due to acknowledged that a share of evaluations did not exceed.</summary>
    /// <param name="share">0 to 1, for example 0.99.</param>
    public TimeSpan Quantile(double share)
    {
        var times = _attempts.Where(attempt => attempt.End == AttemptEnd.Acknowledged).Select(attempt => attempt.Ended - attempt.Due).Order().ToList();
        return times.Count == 0 ? TimeSpan.Zero : times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }

    /// <summary>
    /// The longest outage of any window, and when it began: the longest time from the beginning of a failed attempt to the next
    /// acknowledgement for the same window.
    /// </summary>
    public (TimeSpan Length, TimeSpan At, string Window) LongestOutage()
    {
        var worst = (Length: TimeSpan.Zero, At: TimeSpan.Zero, Window: "");
        foreach (var window in _attempts.GroupBy(attempt => attempt.Window))
        {
            var acknowledged = window.Where(attempt => attempt.End == AttemptEnd.Acknowledged).Select(attempt => attempt.Ended).Order().ToList();
            foreach (var failed in window.Where(attempt => attempt.End != AttemptEnd.Acknowledged))
            {
                var at = acknowledged.BinarySearch(failed.Began);
                at = at < 0 ? ~at : at;
                var length = (at < acknowledged.Count ? acknowledged[at] : TimeSpan.MaxValue) - failed.Began;
                if (length > worst.Length)
                    worst = (length, failed.Began, window.Key);
            }
        }

        return worst;
    }

    internal void Add(PushAttempt attempt) => _attempts.Enqueue(attempt);

    private static double ShareOf(IEnumerable<PushAttempt> attempts, Func<PushAttempt, bool> holds)
    {
        var (all, some) = (0, 0);
        foreach (var attempt in attempts)
        {
            all++;
            some += holds(attempt) ? 1 : 0;
        }

        return all == 0 ? 1 : (double)some / all;
    }
}
