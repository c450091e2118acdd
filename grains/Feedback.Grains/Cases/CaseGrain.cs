using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Feedback.Grains.Cases;

/// <summary>
/// Decides by the rules on the fold of the stream, appends, and folds and answers only after the commit. Calls wait for their turn:
/// a call that was given up may still be storing, and the next one decides on what it stored.
/// </summary>
[Reentrant]
internal sealed partial class CaseGrain(
    IJournal journal, IPersonalStore personal, PersonalCipher cipher, IErasureLedger ledger, IBureau bureau, CaseDesk desk, NoticeSettings notices, TimeProvider clock, ILogger<CaseGrain> log)
    : Grain, ICaseGrain
{
    private const int MostAttempts = 10;
    private const int MostWaiting = 64;
    private const int MostAlarms = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Refusal Busy = new("busy", Retryable: true);
    private static readonly Refusal Unknown = new("outcome-unknown", Retryable: true);

    private static readonly Refusal OtherFile = new("file-id-taken", "id");

    private readonly CaseSeal _seal = new(cipher, personal);
    private CaseBook? _book;
    private Task _last = Task.CompletedTask;
    private int _waiting;

    private CaseId Id => new(this.GetPrimaryKeyString());

    public async Task<CaseAnswer> Perform(CaseRequest request)
    {
        if (!CaseId.IsId(Id.Value))
            return CaseAnswer.Refuse(new Refusal("case-unknown", "case"));
        try
        {
            var (command, actor) = (CommandText.Read(request.Command), CommandText.ReadActor(request.Actor));
            if (CaseSeal.Refused(command, request) is { } unfit)
                return CaseAnswer.Refuse(unfit);
            return await InTurnAsync(() => PerformAsync(command, actor, request), CaseAnswer.Refuse(Busy), CaseAnswer.Refuse(Unknown));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Another release wrote it.
            return CaseAnswer.Refuse(new Refusal("command-unreadable", Retryable: true));
        }
    }

    public Task<Outcome> Erase(ErasureCause cause, string reason) =>
        InTurnAsync(() => EraseAsync(cause, reason), new Outcome(0, Busy), new Outcome(0, Unknown));

    public async Task<long?> Ring()
    {
        var rung = await InTurnAsync(RingAsync, new Rung(null, Busy), new Rung(null, Unknown));
        return rung.Refusal is null ? rung.Next : throw new JournalBusyException();
    }

    public async Task Reckon()
    {
        // What this silo knows may be a moment older than what the deadlines are to be worked out by; nobody looks once more.
        await bureau.RefreshAsync();
        var reckoned = await InTurnAsync(ReckonAsync, new Outcome(0, Busy), new Outcome(0, Unknown));
        if (reckoned.Refusal is not null)
            throw new JournalBusyException();
    }

    private readonly record struct Rung(long? Next, Refusal? Refusal);

    private long Now(CaseBook book) => Math.Max(book.Tail.At, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<CaseBook> BookAsync() => _book ??= await CaseBook.ReadAsync(Id, journal);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, T busy, T unknown)
    {
        if (_waiting >= MostWaiting)
            return busy;
        var turn = AfterAsync(_last, work);
        _last = turn;
        try
        {
            return await turn.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return unknown;
        }
    }

    private async Task<T> AfterAsync<T>(Task before, Func<Task<T>> work)
    {
        _waiting++;
        try
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            return await work();
        }
        finally
        {
            _waiting--;
        }
    }

    /// <summary>Appends what is decided on; decides again on what somebody else appended first.</summary>
    /// <param name="attempt">Decides on the case, for the n-th time, and appends what follows.</param>
    /// <param name="refuse">What is answered when it cannot be stored.</param>
    private async Task<T> StoreAsync<T>(Func<CaseBook, int, Task<T>> attempt, Func<Refusal, T> refuse)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt(await BookAsync(), number);
            }
            catch (VersionConflictException) when (number < MostAttempts)
            {
                _book = null;
            }
            catch (CaseTakenException e) when (!e.IsExternal && number < MostAttempts)
            {
                // The number is drawn again.
            }
            catch (CaseTakenException e) when (e.IsExternal)
            {
                return refuse(new Refusal("case-external-taken", "external"));
            }
            catch (Exception e)
            {
                // What was not stored for sure may be sent again; what may have been is read before anything else is decided.
                if (e is not (JournalBusyException or MasterKeysUnreachableException))
                {
                    _book = null;
                    MustBeReadAnew(log, Id, e);
                }

                return refuse(e switch
                {
                    JournalBusyException busy => busy.Refusal,
                    VersionConflictException or CaseTakenException or MasterKeysUnreachableException => Busy,
                    _ => Unknown,
                });
            }
        }
    }

    private Task<CaseAnswer> PerformAsync(CaseCommand command, CaseActor actor, CaseRequest request) => StoreAsync(
        async (book, attempt) =>
        {
            var salt = desk.Codes.SaltOf(Id, request, actor.Name);
            if (salt is { } mark && book.AnswerOf(mark) is { } before)
                return await _seal.IsOtherFileAsync(request, book.FileOf(before)) ? CaseAnswer.Refuse(OtherFile) : Answer(before, book.State, command, request);
            var now = Now(book);
            var (completed, unfit) = await desk.CompleteAsync(command, book.State, actor, request, attempt, now);
            if (unfit is not null)
                return CaseAnswer.Refuse(unfit);
            var texts = await _seal.SealAsync(completed, request, book, now);
            var decision = await desk.DecideAsync(book.State, texts.Command, actor, now, request.Expected, salt);
            if (decision.Refusal is { } refusal)
                return CaseAnswer.Refuse(refusal);
            if (decision.Events.Length > 0)
                await AppendAsync(book, decision, texts, now);
            return Answer(book.State.Version, book.State, command, request);
        },
        CaseAnswer.Refuse);

    private CaseAnswer Answer(long version, CaseState state, CaseCommand command, CaseRequest request) => command is OpenCase
        ? new CaseAnswer(version, null, state.Intake.Number, request.WithQueryCode ? desk.Codes.QueryCodeOf(Id) : null)
        : new CaseAnswer(version);

    private async Task AppendAsync(CaseBook book, CaseDecision decision, SealedCommand? texts, long now)
    {
        var unit = CaseDraft.Unit(book, decision, texts, bureau.Current, now, notices.WantsNews);
        await journal.WriteAsync(unit);
        book.Take(unit.Append!.Row, decision.Events);
        if (texts?.Subject is { } subject)
            book.Subject = subject;
    }

    private Task<Rung> RingAsync() => StoreAsync(
        async (book, _) =>
        {
            for (var alarms = 0; book.State.Opened is not null; alarms++)
            {
                var now = Now(book);
                if (new CaseTimes(book.State, bureau.Current.Tree, bureau.Current.Policies, now).Next is not { } alarm)
                    break;
                if (alarm.At > now)
                    return new Rung(alarm.At, null);
                var decision = await desk.DecideAsync(book.State, alarm.Command, CaseActor.System, now, expected: null, salt: null);
                if (decision.Events.Length == 0 || alarms == MostAlarms)
                    throw new InvalidOperationException($"'{alarm.Command.GetType().Name}' is due for the case and changes nothing.");
                await AppendAsync(book, decision, null, now);
            }

            return new Rung(null, null);
        },
        refusal => new Rung(null, refusal));

    private Task<Outcome> ReckonAsync() => StoreAsync(
        async (book, _) =>
        {
            if (book.State.Opened is null)
                return new Outcome(0);
            var (row, due) = CaseDraft.Derived(book.State, bureau.Current, Now(book));
            // There is no event and so no fence: an older row replaces no newer one, and whoever rings looks again.
            await journal.WriteAsync(new JournalUnit { Cases = [row], DueDone = [CaseWork.ClockKey(Id)], Due = due is null ? [] : [due] });
            return new Outcome(0);
        },
        refusal => new Outcome(0, refusal));

    private Task<Outcome> EraseAsync(ErasureCause cause, string reason) => StoreAsync(
        async (book, _) =>
        {
            if (book.State.Opened is null)
                return new Outcome(0, new Refusal("case-unknown", "case"));
            var now = Now(book);
            var kept = await personal.FindAsync([.. book.Texts.Select(text => text.Ref)]);
            var texts = book.Texts.Where(text => kept.ContainsKey(text.Ref)).ToList();
            if (texts.Count == 0)
                return new Outcome(0);
            var subjects = kept.Values.Select(found => found.Key.Subject).Distinct().ToList();
            // The ledger outside the database knows of it before the database does.
            if (cause != ErasureCause.Retention)
                await ledger.AppendAsync(ErasedSubject.OfCase(Id, texts[0].Version, now, [.. texts.Select(text => text.Ref)], subjects[0]));
            List<JournalEvent> events =
                [.. texts.Select(text => new PersonalTextErased { Salt = EventMint.NewSalt(), Of = text.Version, Ref = text.Ref, Reason = reason, At = now })];
            var row = book.Tail.Next([.. events.Select(EventText.Write)], now);
            var (listed, due) = CaseDraft.Derived(events.Aggregate(book.State, (state, happened) => state.Apply(happened)), bureau.Current, now);
            await journal.WriteAsync(new JournalUnit
            {
                Append = new Append(StreamName.Case(Id), row),
                Erasure = new Erasure([.. texts.Select(text => text.Ref)], subjects),
                Cases = [listed],
                DueDone = [CaseWork.ClockKey(Id)],
                Due = due is null ? [] : [due],
            });
            book.Take(row, events);
            return new Outcome(row.Version);
        },
        refusal => new Outcome(0, refusal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Case {Case} is read anew from the journal before it takes more.")]
    private static partial void MustBeReadAnew(ILogger log, CaseId @case, Exception why);
}
