using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Tallies;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Feedback.Grains.Windows;

[Reentrant]
internal sealed partial class WindowGrain(
    [PersistentState("window")] IPersistentState<WindowState> saved,
    IJournal journal,
    IDayStore days,
    IPersonalStore personal,
    PersonalCipher cipher,
    IErasureLedger ledger,
    BureauSecrets secrets,
    IBureau bureau,
    ReportRelay relay,
    WaitingRoom room,
    TimeProvider clock,
    ILogger<WindowGrain> log) : Grain, IWindowGrain
{
    private const int RowsAtOnce = 500;
    private const int AppendsPerFlush = 500;
    private const long EventsPerSave = 1000;
    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(8);

    private WindowIntake _intake = null!;
    private WindowBook _book = null!;
    private KnownIds _known = null!;
    private DutyRoster _duty = null!;
    private ExcludedRatings _excluded = null!;
    private IDisposable? _flushTimer;
    private string _generation = "";
    private long _saved;
    private int _appends;
    private bool _flushing;
    private bool _leaving;

    private NodeId Window => new(this.GetPrimaryKeyString());

    private bool IsWorthSaving => _intake.Tail.Version - _saved >= EventsPerSave;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // An activation that was given up elsewhere may still be storing days, and what is read then fits together no more.
        while (!await ReadAsync(cancellationToken))
        {
        }

        if (_book.IsDirty || IsWorthSaving)
            FlushLater();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _leaving = true;
        // A courtesy that saves the next activation some reading; nothing relies on it.
        if (_intake is { IsStale: false })
            await FlushAsync();
    }

    public Task<ImmutableArray<ClaimResult>> Submit(Submission submission) => _intake.SubmitAsync(submission);

    public Task<Outcome> SetStaff(string? staff, long? at = null) => _intake.DecideAsync(async () =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (DayRule.Refused(at ?? now, now) is { } refusal)
            return (null, refusal);
        // Somebody may have been registered on another silo a moment ago: look once more before refusing them.
        if (staff is not null && !bureau.Current.Catalogue.Staff.ContainsKey(staff) && !(await bureau.RefreshAsync()).Catalogue.Staff.ContainsKey(staff))
            return (null, new Refusal("staff-unknown", "staff", staff));
        return (_duty.Change(staff, at ?? now, EventMint.NewSalt()), null);
    });

    public Task<Outcome> SetExcluded(long version, bool excluded, string reason) => _intake.DecideAsync(
        () => Exclusions.DecideAsync(journal, StreamName.Window(Window), _excluded, version, excluded, reason, clock.GetUtcNow().ToUnixTimeMilliseconds()));

    public Task<Outcome> Erase(ImmutableArray<long> versions, ErasedPart part, ErasureCause cause, string reason) => _intake.DecideAsync(
        () => new Erasures(Window, journal, personal, ledger).DecideAsync(versions, part, cause, reason, clock.GetUtcNow().ToUnixTimeMilliseconds()));

    public async Task<RatingStanding> FindRating(long version) => await Ratings.FindAsync(journal, StreamName.Window(Window), version, _excluded);

    public async Task<NodeDays> GetDays(DateOnly from, DateOnly to) =>
        new(await GetMark(), await _book.DaysAsync(from, to), ImmutableDictionary<NodeId, ImmutableArray<DayTally>>.Empty);

    public async Task<ChildReport> DaysSince(DateOnly month, long after)
    {
        var to = _book.Version;
        return new ChildReport(Window, _generation, after, to, await _book.DaysAsync(month, month.AddMonths(1), after));
    }

    public ValueTask<FigureMark> GetMark() => ValueTask.FromResult(new FigureMark(_generation, _book.Version));

    // Either database may have been put back without the other: a state is believed only where the journal leads through it.
    private async Task<WindowState> KnownStateAsync(StreamName stream, CancellationToken cancellationToken) =>
        saved.State is { Duty: not null, Excluded: not null, Watch: not null, Version: > 0 } state && state.Generation == _generation
        && await journal.FindAsync(stream, state.Version, cancellationToken) is var (row, _)
        && row.LastVersion == state.Version && row.Digest.ToString() == state.Digest
            ? state
            : new WindowState();

    /// <summary>Reads the window's state and days, and folds what came after them.</summary>
    /// <returns>False when somebody else stored days meanwhile.</returns>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var stream = StreamName.Window(Window);
        _generation = await journal.GenerationAsync(cancellationToken);
        var state = await KnownStateAsync(stream, cancellationToken);
        _known = KnownIds.Unpack(state.KnownIds, state.ForgottenOwnThrough);
        _duty = DutyRoster.Read(state.Duty ?? "");
        _excluded = ExcludedRatings.Read(state.Excluded ?? "");
        // A window that this silo has not heard of yet has a zone all the same, which tells the days of its releases.
        if (bureau.Current.Tree.Find(Window) is null)
            await bureau.RefreshAsync();
        _book = new WindowBook(Window, journal, days, relay, () => bureau.Current.Tree);
        var through = (await days.ThroughAsync([Window], cancellationToken))[Window];
        _book.Begin(through, _generation, state.Waiting);
        // Where the whole stream must be read, what is saved is of no use to the next activation either, however little comes.
        _saved = _book.From == 0 ? 0 : state.Version;
        var tail = state.Version == 0 ? StreamTail.Of(stream) : new StreamTail(state.Version, Digest.Parse(state.Digest), state.At);
        var (watch, marks) = (RatingWatch.Read(state.Watch ?? ""), new CommentMarks(secrets, cipher, personal, log));
        marks.Take(state.Unmarked);
        (tail, var changed) = await ReplayAsync(stream, tail, watch, marks, cancellationToken);
        // Days come with what they are complete through: where that stands still, no day that was read held an event that was folded again.
        if (changed.Count > 0 && (await days.ThroughAsync([Window], cancellationToken))[Window] != through)
            return false;
        _book.Report(changed);
        var mint = new EventMint(cipher);
        _intake = new WindowIntake(Window, journal, bureau, mint, new Receipts(Window, journal, personal), _book, _duty, _excluded, _known, room, clock, log)
        {
            Tail = tail,
            Watch = watch,
            Marks = marks,
            Advanced = OnAdvanced,
        };
        return true;
    }

    private async Task<(StreamTail Tail, IReadOnlyCollection<DateOnly> Changed)> ReplayAsync(StreamName stream, StreamTail tail, RatingWatch watch, CommentMarks marks, CancellationToken cancellationToken)
    {
        var changed = new HashSet<DateOnly>();
        var at = Math.Min(tail.Version, _book.From);
        while (await journal.ReadAsync(stream, at, RowsAtOnce, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                var events = EventText.Read(row).ToList();
                changed.UnionWith(await _book.FoldAsync(row.At, events));
                foreach (var (version, happened) in events.Where(one => one.Version > tail.Version))
                {
                    if (Identities.Of(happened) is { } stored)
                        _known.Add(stored.Identity, version, row.At, stored.Time);
                    _duty.Apply(happened);
                    _excluded.Apply(happened);
                    watch.Apply(happened);
                    marks.Note(happened);
                }

                tail = row.LastVersion > tail.Version ? StreamTail.After(row) : tail;
                at = row.LastVersion;
            }
        }

        return (tail, changed);
    }

    private void OnAdvanced()
    {
        // An append may end after the activation has: it is stored and answered, and there is nobody left to flush.
        if (_leaving)
            return;
        if (_intake.IsStale)
        {
            DeactivateOnIdle();
            return;
        }

        if (++_appends >= AppendsPerFlush)
            _ = FlushAsync();
        else if (_book.IsDirty)
            FlushLater();
    }

    private void FlushLater() =>
        _flushTimer ??= this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(FlushAfter, Timeout.InfiniteTimeSpan) { Interleave = true });

    private async Task FlushAsync()
    {
        // Also where one is under way: a timer that has gone off must not stand in the way of the next one.
        _flushTimer?.Dispose();
        _flushTimer = null;
        if (_flushing)
            return;
        (_flushing, _appends) = (true, 0);
        try
        {
            await _book.FlushAsync(clock.GetUtcNow().ToUnixTimeMilliseconds());
            await SaveAsync();
        }
        catch (Exception e)
        {
            CouldNotFlush(log, Window, e);
        }
        finally
        {
            _flushing = false;
        }

        if (_book.IsDirty && !_intake.IsStale && !_leaving)
            FlushLater();
    }

    private async Task SaveAsync()
    {
        if (!IsWorthSaving)
            return;
        var tail = _intake.Tail;
        saved.State.Generation = _generation;
        (saved.State.Version, saved.State.Digest, saved.State.At) = (tail.Version, tail.Digest.ToString(), tail.At);
        (saved.State.KnownIds, saved.State.Duty, saved.State.Waiting) = (_known.Pack(), _duty.Write(), _book.StoredWaiting);
        (saved.State.Excluded, saved.State.ForgottenOwnThrough) = (_excluded.Write(), _known.ForgottenOwnThrough);
        (saved.State.Watch, saved.State.Unmarked) = (_intake.Watch.Write(), _intake.Marks.Write());
        try
        {
            await saved.WriteStateAsync();
            _saved = tail.Version;
        }
        catch (Exception)
        {
            // The state in memory is now ahead of the stored one, and its tag may be stale: a fresh activation starts clean.
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The days of window {Window} could not be stored now; they are kept and tried again.")]
    private static partial void CouldNotFlush(ILogger log, NodeId window, Exception e);
}
