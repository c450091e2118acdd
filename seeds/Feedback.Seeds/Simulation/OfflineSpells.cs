namespace Feedback.Seeds.Simulation;

/// <summary>
/// Windows that lose their line for a while, each by itself, and keep their visits until it is back. Not safe for several
/// threads.
/// </summary>
/// <param name="windows">How many windows there are.</param>
/// <param name="faults">How often and how long.</param>
/// <param name="random">The dice.</param>
internal sealed class OfflineSpells(int windows, SimulationFaults faults, Random random)
{
    /// <summary>At most so many events are kept in all: beyond that a window's line comes back early.</summary>
    public const int MostKept = 20_000;

    private readonly (bool Offline, DateTimeOffset Until)[] _lines = new (bool, DateTimeOffset)[windows];
    private readonly Dictionary<int, List<Visit>> _kept = [];
    private int _events;

    /// <summary>Keeps a visit if its window is offline.</summary>
    /// <returns>False where the window is online, and the visit is to be pushed.</returns>
    public bool Keep(Visit visit, DateTimeOffset now)
    {
        if (!IsOffline(visit.Window, now))
            return false;
        if (_events + visit.Events > MostKept)
        {
            _lines[visit.Window] = (false, now + Drawn(online: true));
            return false;
        }

        if (!_kept.TryGetValue(visit.Window, out var visits))
            _kept.Add(visit.Window, visits = []);
        visits.Add(visit);
        _events += visit.Events;
        return true;
    }

    /// <summary>Takes the visits of windows whose line is back.</summary>
    public IReadOnlyList<IReadOnlyList<Visit>> TakeBack(DateTimeOffset now) => _kept.Count == 0 ? [] : Take(window => !IsOffline(window, now));

    /// <summary>Takes all that is kept: every line is back.</summary>
    public IReadOnlyList<IReadOnlyList<Visit>> TakeAll() => Take(_ => true);

    private List<List<Visit>> Take(Predicate<int> wanted)
    {
        var taken = _kept.Where(one => wanted(one.Key)).ToList();
        foreach (var (window, visits) in taken)
        {
            _kept.Remove(window);
            _events -= visits.Sum(visit => visit.Events);
        }

        return taken.ConvertAll(one => one.Value);
    }

    private bool IsOffline(int window, DateTimeOffset now)
    {
        if (faults.OfflineShare <= 0)
            return false;
        ref var line = ref _lines[window];
        if (line.Until == default)
            line = (random.NextDouble() < faults.OfflineShare, now);
        while (line.Until <= now)
            line = (!line.Offline, line.Until + Drawn(online: line.Offline));
        return line.Offline;
    }

    // Exponential; online spells are so much longer that the share comes out right.
    private TimeSpan Drawn(bool online)
    {
        var mean = online ? faults.OfflineFor * ((1 - faults.OfflineShare) / faults.OfflineShare) : faults.OfflineFor;
        return TimeSpan.FromMilliseconds(1) + (mean * -Math.Log(1 - random.NextDouble()));
    }
}
