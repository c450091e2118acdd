using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Release;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Tallies;

namespace Feedback.Grains.Windows;

/// <summary>
/// A window's days: held while they change, loaded when an older one does, stored now and then. A day that is
/// not dirty here is exact in the table.
/// </summary>
internal sealed class WindowBook(NodeId window, IJournal journal, IDayStore store, ReportRelay relay, Func<OrganisationTree> tree)
{
    private const long DayInMilliseconds = 24L * 60 * 60 * 1000;

    // A week with five workdays, and holidays: more days than that are read for nothing.
    private const int MostDaysPerWanted = 4;
    private readonly StreamName _stream = StreamName.Window(window);
    private readonly Dictionary<DateOnly, long> _dirty = [];
    private readonly Dictionary<TallyKey, long> _reported = [];
    private WindowFold _fold = null!;
    private long _baseline;
    private long _stored;
    private bool _folding;
    private long _mattersSince = long.MaxValue;
    private string _epoch = "";

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private set; }

    /// <summary>Whether something is not stored yet.</summary>
    public bool IsDirty => Version > _stored;

    /// <summary>The version after which events must be folded again: what waits for its release may be older than the stored days.</summary>
    public long From => Math.Min(Version, _fold.Waiting.Version);

    /// <summary>The ratings that waited for their release when the days were last stored: never later than those.</summary>
    public string StoredWaiting { get; private set; } = "";

    /// <summary>Begins after the version up to which the stored days are complete.</summary>
    /// <param name="through">That version.</param>
    /// <param name="epoch">The generation of the database.</param>
    /// <param name="waiting">What an earlier activation kept of <see cref="StoredWaiting"/>; empty for nothing.</param>
    public void Begin(long through, string epoch, string waiting)
    {
        (Version, _stored, _baseline, _epoch) = (through, through, through, epoch);
        // What is ahead of the days would say of the events between that they are released already, and no day holds them yet.
        var known = WaitingRatings.Read(waiting);
        _fold = new WindowFold(window, tree, known.Version <= through ? known : null);
        StoredWaiting = _fold.Waiting.Write();
    }

    /// <summary>Folds what was just stored in, and tells the parents.</summary>
    public async Task TakeAsync(long at, IEnumerable<(long Version, JournalEvent Happened)> events) => Report(await FoldAsync(at, events));

    /// <summary>Folds a stored row in, from the first event that is not yet in.</summary>
    public async Task<IReadOnlyCollection<DateOnly>> FoldAsync(long at, IEnumerable<(long Version, JournalEvent Happened)> events)
    {
        var changed = new HashSet<DateOnly>();
        _folding = true;
        try
        {
            var fresh = new List<(long Version, JournalEvent Happened)>();
            foreach (var (version, happened) in events)
            {
                if (version > Version)
                    fresh.Add((version, happened));
                else if (version > _fold.Waiting.Version)
                    _fold.Waiting.Take(version, happened, await SubjectOfAsync(happened)); // its days are stored, released ratings included
            }

            var absent = fresh.Count > 1 ? await LoadManyAsync(fresh) : [];
            foreach (var (version, happened) in fresh)
            {
                var subject = await SubjectOfAsync(happened);
                // Mostly everything is at hand, and nothing is waited for.
                if (LacksMatters(subject ?? happened) || Lacking(happened, subject, absent).Count > 0)
                    await LoadAsync(happened, subject, absent);
                foreach (var day in _fold.Apply(version, at, happened, subject))
                {
                    _dirty[day] = version;
                    changed.Add(day);
                }

                Version = version;
            }
        }
        finally
        {
            _folding = false;
        }

        return changed;
    }

    /// <summary>Takes the matters in that a rating received now may meet. Where they cannot be read now, those at hand must do.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public async Task HoldMattersAsync(long now)
    {
        if (now - MatterLedger.Patience >= _mattersSince)
            return;
        try
        {
            await LoadMattersAsync(now - MatterLedger.Patience);
        }
        catch (Exception)
        {
            // A remark on a rating is worth less than the rating: the fold tries again, and says so where it fails.
        }
    }

    /// <summary>Whether a matter has an active rating already, as far as is at hand.</summary>
    public bool IsRated(Opaque matter, long now) => _fold.Matters.IsRated(matter, now);

    /// <summary>Tells the parents of changed days.</summary>
    public void Report(IReadOnlyCollection<DateOnly> changed)
    {
        // Nearly always one day, today's.
        if (changed.Count == 1)
        {
            var day = changed.First();
            Offer(ParentOf(day), [Held(day)]);
            return;
        }

        foreach (var days in changed.GroupBy(ParentOf))
            Offer(days.Key, [.. days.Select(Held)]);

        TallyKey ParentOf(DateOnly day) => new(_fold.Counted(day)!.Value.Parent, TallyKey.MonthOf(day));

        void Offer(TallyKey parent, ImmutableArray<DayTally> days)
        {
            var from = _reported.GetValueOrDefault(parent, _baseline);
            _reported[parent] = Version;
            relay.Offer(parent, new ChildReport(window, _epoch, from, Version, days));
        }
    }

    /// <summary>The days in [from, to) that changed after a version: those held here over those in the table.</summary>
    public async Task<ImmutableArray<DayTally>> DaysAsync(DateOnly from, DateOnly to, long after = 0)
    {
        // What is held now may be stored, and let go of, while an older state of the table is being read.
        var held = Held(from, to).ToList();
        var stored = await store.OfWindowAsync(window, from, to);
        var days = stored.ToDictionary(day => day.Day, day => new DayTally(day.Day, day.Version, day.Tally));
        foreach (var day in held.Concat(Held(from, to)))
        {
            if (!days.TryGetValue(day.Day, out var known) || known.Version < day.Version)
                days[day.Day] = day;
        }

        return [.. days.Values.Where(day => day.Version > after).OrderBy(day => day.Day)];
    }

    /// <summary>Stores what is dirty, and lets go of what is old and clean.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public async Task FlushAsync(long now)
    {
        if (!IsDirty)
        {
            // Days that are stored already may still have been read again for what waits.
            StoredWaiting = _fold.Waiting.Write();
            return;
        }

        var (through, waiting) = (Version, _fold.Waiting.Write());
        var days = _dirty.Keys.Select(day => _fold.Day(day)!).ToList();
        await journal.WriteAsync(new JournalUnit { Days = days, DaysThrough = new DaysThrough(window, through) });
        (_stored, StoredWaiting) = (through, waiting);
        foreach (var day in days)
        {
            // A day that changed while it was being written stays dirty.
            if (_dirty.TryGetValue(day.Day, out var version) && version <= through)
                _dirty.Remove(day.Day);
        }

        // An event that waits for one day to be read counts on the others being held.
        if (!_folding)
            LetGo(now);
    }

    private void LetGo(long now)
    {
        // Two days are kept at hand: with that, whatever the zone, today's never needs to be read again.
        var recent = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(now - (2 * DayInMilliseconds)).UtcDateTime);
        foreach (var day in _fold.Days.Where(day => day < recent && !_dirty.ContainsKey(day)).ToList())
            _fold.Release(day);
        _fold.ForgetMatters(now);
        _mattersSince = Math.Max(_mattersSince, now - MatterLedger.Patience);
    }

    private IEnumerable<DayTally> Held(DateOnly from, DateOnly to) => _fold.Days.Where(day => day >= from && day < to).Select(Held);

    private DayTally Held(DateOnly day)
    {
        var (_, version, tally) = _fold.Counted(day)!.Value;
        return new DayTally(day, version, tally);
    }

    // What an exclusion takes out is read again: nothing but the journal says what was counted.
    private async ValueTask<EvaluationAccepted?> SubjectOfAsync(JournalEvent happened)
    {
        long? version = happened switch
        {
            EvaluationExcluded e => e.Evaluation,
            EvaluationReinstated e => e.Evaluation,
            _ => null,
        };
        if (version is not { } wanted || await journal.FindAsync(_stream, wanted) is not { } found)
            return null;
        return EventText.Read(found.Row.Elements()[(int)(wanted - found.Row.Version)]) as EvaluationAccepted;
    }

    // Old events that come together, as an import's do, lie on many days close to each other: those are read with one query.
    private async Task<HashSet<DateOnly>> LoadManyAsync(IEnumerable<(long Version, JournalEvent Happened)> events)
    {
        var wanted = new HashSet<DateOnly>();
        foreach (var (_, happened) in events)
        {
            if (DayOf(happened) is { } day && !_fold.Holds(day))
                wanted.Add(day);
        }

        if (wanted.Count < 2 || wanted.Max().DayNumber - wanted.Min().DayNumber > MostDaysPerWanted * wanted.Count)
            return [];
        foreach (var stored in await store.OfWindowAsync(window, wanted.Min(), wanted.Max().AddDays(1)))
        {
            if (wanted.Remove(stored.Day))
                _fold.Load(stored);
        }

        return wanted;
    }

    private async Task LoadAsync(JournalEvent happened, EvaluationAccepted? subject, HashSet<DateOnly> absent)
    {
        if (LacksMatters(subject ?? happened))
            await LoadMattersAsync(ReceivedAt(subject ?? happened)!.Value - MatterLedger.Patience);

        foreach (var day in Lacking(happened, subject, absent))
        {
            if (await store.FindAsync(window, day) is { } stored)
                _fold.Load(stored);
        }
    }

    private async Task LoadMattersAsync(long since)
    {
        foreach (var day in await store.ChangedSinceAsync(window, since))
            _fold.LoadMatters(day);
        _mattersSince = since;
    }

    private bool LacksMatters(JournalEvent happened) =>
        ReceivedAt(happened) is { } receivedAt && receivedAt - MatterLedger.Patience < _mattersSince;

    private IReadOnlyCollection<DateOnly> Lacking(JournalEvent happened, EvaluationAccepted? subject, HashSet<DateOnly> absent)
    {
        HashSet<DateOnly>? lacking = null;
        foreach (var day in _fold.DaysOf(happened, subject))
        {
            if (!_fold.Holds(day) && !absent.Contains(day))
                (lacking ??= []).Add(day);
        }

        return lacking ?? (IReadOnlyCollection<DateOnly>)[];
    }

    private static DateOnly? DayOf(JournalEvent happened) => happened switch
    {
        EvaluationAccepted e => e.Admission.Day,
        Domain.Matters.MatterFinished e => e.Admission.Day,
        _ => null,
    };

    private static long? ReceivedAt(JournalEvent happened) => happened switch
    {
        EvaluationAccepted { Matter: not null } e => e.Admission.ReceivedAt,
        Domain.Matters.MatterFinished e => e.Admission.ReceivedAt,
        _ => null,
    };
}
