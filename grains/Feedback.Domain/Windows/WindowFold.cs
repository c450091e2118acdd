using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;

namespace Feedback.Domain.Windows;

/// <summary>
/// The one fold of a window's events into its days. The grain and the recount both use it: the grain over days that
/// it loads as they are needed, the recount over everything from the first event on.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="tree">The organisation as it is known now: it tells on which day, and where, ratings are released.</param>
/// <param name="waiting">The ratings that wait for their release after the last event folded before; null before the first one.</param>
public sealed class WindowFold(NodeId window, Func<OrganisationTree> tree, WaitingRatings? waiting = null)
{
    private readonly Dictionary<DateOnly, CountedDay> _days = [];
    private readonly WindowPlaces _places = new(window, tree);

    private sealed record CountedDay(NodeId Hall, NodeId Parent, long Version, long ChangedAt, Tally Tally);

    /// <summary>The matters that a rating or a finish may still meet.</summary>
    public MatterLedger Matters { get; } = new();

    /// <summary>The ratings that the public and the rated do not see yet.</summary>
    public WaitingRatings Waiting { get; } = waiting ?? new WaitingRatings();

    /// <summary>The days held, in no order.</summary>
    public IReadOnlyCollection<DateOnly> Days => _days.Keys;

    /// <summary>Whether a day is held.</summary>
    public bool Holds(DateOnly day) => _days.ContainsKey(day);

    /// <summary>Takes a stored day over, unless a newer one is held.</summary>
    public void Load(WindowDay day)
    {
        if (_days.TryGetValue(day.Day, out var held) && held.Version >= day.Version)
            return;
        _days[day.Day] = new CountedDay(day.Hall, day.Parent, day.Version, day.ChangedAt, day.Tally);
        LoadMatters(day);
    }

    /// <summary>Takes over only the matters of a stored day.</summary>
    public void LoadMatters(WindowDay day)
    {
        foreach (var entry in day.Matters)
            Matters.Load(day.Day, entry);
    }

    /// <summary>One day's counts as they stand, or null when nothing was ever counted on it.</summary>
    public Tally? TallyOf(DateOnly day) => _days.GetValueOrDefault(day)?.Tally;

    /// <summary>Where one day is counted, and what, without its matters; null when nothing was ever counted on it.</summary>
    public (NodeId Parent, long Version, Tally Tally)? Counted(DateOnly day) =>
        _days.TryGetValue(day, out var held) ? (held.Parent, held.Version, held.Tally) : null;

    /// <summary>One day as it is stored, or null when nothing was ever counted on it.</summary>
    public WindowDay? Day(DateOnly day) => _days.TryGetValue(day, out var held)
        ? new WindowDay(window, day, held.Hall, held.Parent, held.Version, held.ChangedAt, held.Tally, [.. Matters.On(day)])
        : null;

    /// <summary>Lets go of a day that is stored as it stands.</summary>
    public void Release(DateOnly day) => _days.Remove(day);

    /// <summary>Forgets matters that nothing received from now on can meet.</summary>
    /// <param name="now">Milliseconds UTC.</param>
    public void ForgetMatters(long now) => Matters.Forget(now - MatterLedger.Patience, Holds);

    /// <summary>The days that an event will change, so that they can be loaded before <see cref="Apply"/>.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="subject">The evaluation that an exclusion or reinstatement speaks of; else null.</param>
    public IEnumerable<DateOnly> DaysOf(JournalEvent happened, EvaluationAccepted? subject = null)
    {
        var (rating, finished) = (happened as EvaluationAccepted ?? subject, happened as MatterFinished);
        if (finished is not null)
            yield return finished.Admission.Day;
        if (rating is null)
            yield break;
        yield return rating.Admission.Day;
        if (Waiting.Completes(happened) && ReleaseDay(rating) is var released && released != rating.Admission.Day)
            yield return released;
        if (!IsActive(rating))
            yield break;
        var matter = rating.Matter!.Hash;
        var kept = happened switch
        {
            EvaluationExcluded e => Matters.DayCounting(matter, e.Evaluation),
            EvaluationReinstated e => Matters.DayCounting(matter, e.Evaluation),
            _ => Matters.DayMet(matter, rating.Admission.ReceivedAt),
        };
        if (kept is { } day)
            yield return day;
    }

    /// <summary>Folds one event in.</summary>
    /// <param name="version">The event's version.</param>
    /// <param name="at">The time of its journal row, milliseconds UTC.</param>
    /// <param name="happened">The event.</param>
    /// <param name="subject">The evaluation that an exclusion or reinstatement speaks of; else null.</param>
    /// <returns>The days that changed.</returns>
    public IReadOnlyCollection<DateOnly> Apply(long version, long at, JournalEvent happened, EvaluationAccepted? subject = null)
    {
        var changed = new HashSet<DateOnly>(2);
        var releaseDay = happened is EvaluationAccepted last && Waiting.Completes(last) ? ReleaseDay(last) : (DateOnly?)null;
        var released = Waiting.Take(version, happened, subject);
        switch (happened)
        {
            case EvaluationAccepted e:
                Change(e.Admission.Day, e.Admission, TallyFold.Of(e), Tally.Empty);
                if (released is not null)
                    Release(e.Admission, releaseDay!.Value, released);
                Rate(e);
                break;
            case MatterFinished { Rateable: true } e:
                var (counts, rated) = Matters.Finish(e.Matter.Hash, e.Admission.Day, e.Admission.ReceivedAt, version);
                if (counts)
                    Change(e.Admission.Day, e.Admission, Tally.Of([(Cell.MattersFinished, 1)]), Tally.Empty);
                if (rated)
                    Touch(e.Admission.Day, +1);
                break;
            case EvaluationExcluded e when subject is not null:
                Change(subject.Admission.Day, subject.Admission, TallyFold.OfExcluded(subject), TallyFold.Of(subject));
                if (IsActive(subject) && Matters.Unrate(subject.Matter!.Hash, e.Evaluation, version) is { } known)
                    Touch(known.Kept, known.Unrated ? -1 : 0);
                break;
            case EvaluationReinstated e when subject is not null:
                Change(subject.Admission.Day, subject.Admission, TallyFold.Of(subject), TallyFold.OfExcluded(subject));
                if (IsActive(subject) && Matters.Rerate(subject.Matter!.Hash, e.Evaluation, version) is { } again)
                    Touch(again.Kept, again.Rated ? 1 : 0);
                break;
        }

        return changed;

        void Change(DateOnly day, Admission admission, Tally plus, Tally minus)
        {
            var before = _days.GetValueOrDefault(day)?.Tally ?? Tally.Empty;
            _days[day] = new CountedDay(admission.Hall, admission.Parent, version, at, before.Plus(plus).Minus(minus));
            changed.Add(day);
        }

        void Release(Admission admission, DateOnly day, Tally plus)
        {
            var (hall, parent) = _places.On(day, admission);
            Change(day, admission with { Hall = hall, Parent = parent }, plus, Tally.Empty);
        }

        void Rate(EvaluationAccepted e)
        {
            if (!IsActive(e))
                return;
            var (kept, rated) = Matters.Rate(e.Matter!.Hash, e.Admission.Day, e.Admission.ReceivedAt, version);
            Touch(kept, rated ? 1 : 0);
        }

        // The day's matters changed, so the day must be stored again even where no count did.
        void Touch(DateOnly day, int rated)
        {
            var held = _days[day];
            var tally = rated == 0 ? held.Tally : held.Tally.Plus(Tally.Of([(Cell.MattersRated, rated)]));
            _days[day] = held with { Version = version, ChangedAt = at, Tally = tally };
            changed.Add(day);
        }
    }

    private DateOnly ReleaseDay(EvaluationAccepted last) =>
        Waiting.CompletesHistory(last) ? last.Admission.Day : _places.ArrivalOf(last.Admission);

    private static bool IsActive(EvaluationAccepted accepted) =>
        accepted is { Evaluation: { Origin: Origin.Active, Grade: not null }, Matter: not null };
}
