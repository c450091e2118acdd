using Feedback.Domain.Evaluations;
using Feedback.Domain.Matters;
using Feedback.Domain.Release;
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
    private readonly Dictionary<DateOnly, long> _dirty = [];
    private WindowFold _fold = Some.Fold();
    private long _mattersSince = long.MaxValue;
    private int _through;
    private string _waiting = "";
    private int _flushes;
    private (long Version, long Now)? _flushing;

    /// <summary>Every stored day, read back.</summary>
    public IEnumerable<WindowDay> Stored => _stored.Keys.Order().Select(Read);

    /// <summary>Stores an event and folds it.</summary>
    /// <returns>The days that changed, as they stand.</returns>
    public IReadOnlyDictionary<DateOnly, Tally> Append(Happened happened)
    {
        _journal.Add(happened);
        return Fold(happened).ToDictionary(day => day, day => _fold.TallyOf(day)!);
    }

    /// <summary>Stores what changed. What happens before <see cref="EndFlush"/> happens while the days are being written.</summary>
    public void BeginFlush(long now)
    {
        EndFlush();
        foreach (var day in _dirty.Keys)
        {
            var held = _fold.Day(day)!;
            _stored[day] = (held with { Tally = Tally.Empty, Matters = [] }, TallyText.Write(held.Tally), MatterEntries.Pack(held.Matters));
        }

        _through = _journal.Count;
        // Not every time, as the state of a grain: what waits is then older than the days.
        if (++_flushes % 2 == 0)
            _waiting = _fold.Waiting.Write();
        _flushing = (_journal.Count, now);
    }

    /// <summary>Lets go of clean days two days old, and of matters that nothing meets any more.</summary>
    public void EndFlush()
    {
        if (_flushing is not { } flushed)
            return;
        _flushing = null;
        foreach (var day in _dirty.Where(day => day.Value <= flushed.Version).Select(day => day.Key).ToList())
            _dirty.Remove(day);
        var recent = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(flushed.Now - (2 * Some.Day)).UtcDateTime);
        foreach (var day in _fold.Days.Where(day => day < recent && !_dirty.ContainsKey(day)).ToList())
            _fold.Release(day);
        _fold.ForgetMatters(flushed.Now);
        _mattersSince = Math.Max(_mattersSince, flushed.Now - MatterLedger.Patience);
    }

    /// <summary>Loses memory, and replays the journal from where the stored days are complete.</summary>
    public void Crash()
    {
        _fold = Some.Fold(WaitingRatings.Read(_waiting));
        _dirty.Clear();
        _flushing = null;
        _mattersSince = long.MaxValue;
        foreach (var happened in _journal.Take(_through).Where(happened => happened.Version > _fold.Waiting.Version).ToList())
            _fold.Waiting.Take(happened.Version, happened.Event, happened.Subject);
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
        foreach (var day in changed)
            _dirty[day] = happened.Version;
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
