using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;

namespace Feedback.Grains.Tallies;

/// <summary>
/// The days of a node's children in one month and their sum, kept by sum += new − old. Pure: it only takes and tells.
/// </summary>
internal sealed class MonthTally
{
    private readonly Dictionary<NodeId, Child> _children = [];
    private readonly SortedDictionary<DateOnly, (Tally Sum, long Changed)> _days = [];

    private sealed class Child
    {
        public string Epoch { get; set; } = "";

        public long Through { get; set; }

        public Dictionary<DateOnly, DayTally> Days { get; } = [];

        // What another epoch told of a day holds until this one tells of it, under whatever version.
        public void BeginAnew(string epoch)
        {
            (Epoch, Through) = (epoch, 0);
            foreach (var day in Days.Keys)
                Days[day] = Days[day] with { Version = 0 };
        }
    }

    /// <summary>Grows with every day that changes.</summary>
    public long Sequence { get; private set; }

    /// <summary>The version up to which all days of a child are here; null when its epoch is another one.</summary>
    public long? ThroughOf(NodeId child, string epoch) =>
        _children.TryGetValue(child, out var known) && known.Epoch == epoch ? known.Through : null;

    /// <summary>The epoch and version up to which all days of a child are here.</summary>
    public (string Epoch, long Through) ThroughOf(NodeId child) =>
        _children.TryGetValue(child, out var known) ? (known.Epoch, known.Through) : ("", 0);

    /// <summary>Takes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="counts">Whether this node counts the child on a day: it may have moved within the month.</param>
    /// <param name="changed">Takes the days whose sum changed.</param>
    /// <returns>False when something between what is known and the report is missing and must be fetched.</returns>
    public bool Take(ChildReport report, Predicate<DateOnly> counts, ISet<DateOnly> changed)
    {
        if (!_children.TryGetValue(report.Child, out var child))
            _children[report.Child] = child = new Child { Epoch = report.Epoch };
        var sameEpoch = child.Epoch == report.Epoch;
        if (!sameEpoch && report.From > 0)
            return false;
        if (!sameEpoch)
            child.BeginAnew(report.Epoch);
        foreach (var day in report.Days)
        {
            var known = child.Days.TryGetValue(day.Day, out var before);
            if (!counts(day.Day) || (known && before.Version >= day.Version))
                continue;
            child.Days[day.Day] = day;
            Replace(day.Day, known ? before.Tally : Tally.Empty, day.Tally);
            changed.Add(day.Day);
        }

        if (report.From > child.Through)
            return false;
        child.Through = Math.Max(child.Through, report.To);
        return true;
    }

    /// <summary>The node's own days in [from, to) that changed after a sequence.</summary>
    public ImmutableArray<DayTally> Days(DateOnly from, DateOnly to, long after = 0) =>
    [
        .. _days.Where(day => day.Key >= from && day.Key < to && day.Value.Changed > after)
            .Select(day => new DayTally(day.Key, day.Value.Changed, day.Value.Sum)),
    ];

    /// <summary>The days of each child in [from, to).</summary>
    public ImmutableDictionary<NodeId, ImmutableArray<DayTally>> Children(DateOnly from, DateOnly to) => _children.ToImmutableDictionary(
        child => child.Key,
        child => child.Value.Days.Values.Where(day => day.Day >= from && day.Day < to).OrderBy(day => day.Day).ToImmutableArray());

    private void Replace(DateOnly day, Tally old, Tally now)
    {
        var sum = _days.TryGetValue(day, out var known) ? known.Sum : Tally.Empty;
        _days[day] = (sum.Plus(now).Minus(old), ++Sequence);
    }
}
