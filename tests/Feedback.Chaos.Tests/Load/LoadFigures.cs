using Feedback.Chaos.Tests.Results;

namespace Feedback.Chaos.Tests.Load;

/// <summary>Every request of a load, to be asked about afterwards. All times are in seconds.</summary>
internal sealed class LoadFigures
{
    private readonly Lock _guard = new();
    private readonly List<Answered> _answers = [];
    private double _from;

    public void Add(Answered answered)
    {
        lock (_guard)
            _answers.Add(answered);
    }

    /// <summary>The answers that came within a span after the load began.</summary>
    public IReadOnlyList<Answered> Between(double from, double to)
    {
        lock (_guard)
            return [.. _answers.Where(one => one.At >= from && one.At < to)];
    }

    public IReadOnlyList<Answered> All => Between(0, double.MaxValue);

    /// <summary>Only the requests that were sent after a moment, as if the load had begun then.</summary>
    public LoadFigures Since(double moment)
    {
        var since = new LoadFigures { _from = moment };
        since._answers.AddRange(All.Where(one => one.At - one.Seconds >= moment));
        return since;
    }

    /// <summary>The longest time in which a window got nothing acknowledged, up to the last answer that it got, while the load lasted.</summary>
    public double LongestOutage() => All.GroupBy(one => one.Window).Select(window =>
    {
        var (last, longest) = (_from, 0.0);
        foreach (var one in window.OrderBy(one => one.At))
        {
            longest = Math.Max(longest, one.At - last);
            last = one.IsStored ? one.At : last;
        }

        return longest;
    }).DefaultIfEmpty(0).Max();

    /// <summary>How long after a moment the first evaluation was acknowledged; null when none was.</summary>
    public double? ResumedAfter(double moment)
    {
        lock (_guard)
            return _answers.Where(one => one.IsStored && one.At - one.Seconds >= moment).Select(one => (double?)(one.At - moment)).Min();
    }

    /// <summary>How many of a hundred evaluations were acknowledged when they were first sent.</summary>
    public double FirstTryPercent()
    {
        var first = All.Where(one => one.IsFirst).ToList();
        return first.Count == 0 ? 0 : 100.0 * first.Count(one => one.IsStored) / first.Count;
    }

    /// <summary>Within how many seconds a share of some answers came.</summary>
    public static double Quantile(IEnumerable<Answered> answers, double share)
    {
        var sorted = answers.Select(one => one.Seconds).Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    /// <summary>Notes what every row tells.</summary>
    public void Tell(ResultRow row)
    {
        row.Measure("first try", FirstTryPercent(), "%");
        row.Measure("longest outage of a window", LongestOutage(), "s");
    }
}
