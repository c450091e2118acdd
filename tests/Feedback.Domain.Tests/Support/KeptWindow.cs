using Feedback.Domain.Evaluations;
using Feedback.Domain.Matters;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Tests.Support;

/// <summary>
/// A window as its grain keeps it, with tables of its own: days are loaded when an event changes them, matters of days changed
/// within 30 days when one is met, days are stored as text and bytes, and let go of.
/// </summary>
public sealed class KeptWindow
{
    private readonly Dictionary<DateOnly, (WindowDay Day, string Tally, byte[] Matters)> _stored = [];
    private readonly List<Happened> _journal = [];
    private readonly HashSet<DateOnly> _dirty = [];
    private WindowFold _fold = new(Some.Window);
    private long _mattersSince = long.MaxValue;
    private int _through;

    /// <summary>Every stored day, read back.</summary>
    public IEnumerable<WindowDay> Stored => _stored.Keys.Order().Select(Read);

    /// <summary>Stores an event and folds it.</summary>
    /// <returns>The days that changed, as they stand.</returns>
    public IReadOnlyDictionary<DateOnly, Tally> Append(Happened happened)
    {
        _journal.Add(happened);
        return Fold(happened).ToDictionary(day => day, day => _fold.TallyOf(day)!);
    }

    /// <summary>Stores what changed, lets go of days two days old, and of matters that nothing meets any more.</summary>
    public void Flush(long now)
    {
        foreach (var day in _dirty)
        {
            var held = _fold.Day(day)!;
            _stored[day] = (held with { Tally = Tally.Empty, Matters = [] }, TallyText.Write(held.Tally), MatterEntries.Pack(held.Matters));
        }

        _dirty.Clear();
        _through = _journal.Count;
        var recent = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(now - (2 * Some.Day)).UtcDateTime);
        foreach (var day in _fold.Days.Where(day => day < recent).ToList())
            _fold.Release(day);
        _fold.ForgetMatters(now);
        _mattersSince = Math.Max(_mattersSince, now - MatterLedger.Patience);
    }

    /// <summary>Loses memory, and replays the journal from where the stored days are complete.</summary>
    public void Crash()
    {
        _fold = new WindowFold(Some.Window);
        _dirty.Clear();
        _mattersSince = long.MaxValue;
        foreach (var happened in _journal.Skip(_through))
            Fold(happened);
    }

    private IReadOnlyCollection<DateOnly> Fold(Happened happened)
    {
        if (ReceivedAt(happened) is { } receivedAt && receivedAt - MatterLedger.Patience < _mattersSince)
        {
            _mattersSince = receivedAt - MatterLedger.Patience;
            foreach (var day in _stored.Keys.Select(Read).Where(day => day.ChangedAt >= _mattersSince).ToList())
                _fold.LoadMatters(day);
        }

        foreach (var day in _fold.DaysOf(happened.Event, happened.Subject).Where(day => !_fold.Holds(day) && _stored.ContainsKey(day)).ToList())
            _fold.Load(Read(day));
        var changed = _fold.Apply(happened.Version, happened.At, happened.Event, happened.Subject);
        _dirty.UnionWith(changed);
        return changed;
    }

    private WindowDay Read(DateOnly day)
    {
        var (kept, tally, matters) = _stored[day];
        return kept with { Tally = TallyText.Read(tally), Matters = [.. MatterEntries.Unpack(matters)] };
    }

    private static long? ReceivedAt(Happened happened) => (happened.Subject ?? happened.Event) switch
    {
        EvaluationAccepted { Matter: not null } e => e.Admission.ReceivedAt,
        MatterFinished e => e.Admission.ReceivedAt,
        _ => null,
    };
}
