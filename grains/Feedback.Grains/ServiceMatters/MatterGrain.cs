using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Feedback.Grains.ServiceMatters;

/// <summary>
/// Decides by the rules on the fold of the stream, appends, and folds and answers only after the commit. Calls wait for their turn:
/// a call that was given up may still be storing, and the next one decides on what it stored.
/// </summary>
[Reentrant]
internal sealed partial class MatterGrain(IJournal journal, IBureau bureau, MatterSecrets codes, TimeProvider clock, ILogger<MatterGrain> log) : Grain, IMatterGrain
{
    private const string System = "system";
    private const int MostAttempts = 10;
    private const int MostWaiting = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Refusal Busy = new("busy", Retryable: true);
    private static readonly Refusal Unknown = new("outcome-unknown", Retryable: true);

    private MatterBook? _book;
    private MatterRow? _row;
    private Task _last = Task.CompletedTask;
    private int _waiting;

    private MatterId Id => new(this.GetPrimaryKeyString());

    public async Task<MatterAnswer> Perform(MatterRequest request)
    {
        if (!MatterId.IsId(Id.Value))
            return MatterAnswer.Refuse(new Refusal("matter-unknown"));
        try
        {
            var command = MatterCommandText.Read(request.Command);
            return await InTurnAsync(() => StoreAsync(book => PerformAsync(book, command, request)));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Another release wrote it.
            return MatterAnswer.Refuse(new Refusal("command-unreadable", Retryable: true));
        }
    }

    public async Task<long?> Ring(bool byList)
    {
        var rung = await InTurnAsync(() => StoreAsync(book => RingAsync(book, byList)));
        if (rung.Refusal is { Retryable: true })
            throw new JournalBusyException();
        return _book?.State.Accepted is { } accepted ? MatterWork.Next(TimesOf(_book.State, accepted.Node), byList) : null;
    }

    private async Task<MatterAnswer> RingAsync(MatterBook book, bool byList)
    {
        // The deadline moves where its year was announced meanwhile, or is announced still; and a list has its time to tell of the end.
        if (book.State.Accepted is not { } accepted || TimesOf(book.State, accepted.Node) is not { } times
            || !(MatterWork.Next(times, byList) > clock.GetUtcNow().ToUnixTimeMilliseconds()))
            return await DecideAsync(book, new FindOverdue(), System, null, null);
        // Lists tell of the new deadline, too.
        var row = MatterRow.At(book.State, times);
        if (row != _row)
            await journal.WriteAsync(new JournalUnit { Matters = [row] });
        _row = row;
        return new MatterAnswer(book.State.Version);
    }

    private async Task<MatterAnswer> InTurnAsync(Func<Task<MatterAnswer>> work)
    {
        if (_waiting >= MostWaiting)
            return MatterAnswer.Refuse(Busy);
        var turn = AfterAsync(_last, work);
        _last = turn;
        try
        {
            return await turn.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return MatterAnswer.Refuse(Unknown);
        }
    }

    private async Task<MatterAnswer> AfterAsync(Task before, Func<Task<MatterAnswer>> work)
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

    // Appends what is decided on; decides again on what somebody else appended first.
    private async Task<MatterAnswer> StoreAsync(Func<MatterBook, Task<MatterAnswer>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt(_book ??= await MatterBook.ReadAsync(Id, journal));
            }
            catch (VersionConflictException) when (number < MostAttempts)
            {
                _book = null;
            }
            catch (JournalBusyException e)
            {
                return MatterAnswer.Refuse(e.Refusal);
            }
            catch (Exception e)
            {
                // What may have been stored is read before anything else is decided.
                _book = null;
                MustBeReadAnew(log, Id, e);
                return MatterAnswer.Refuse(e is VersionConflictException ? Busy : Unknown);
            }
        }
    }

    private async Task<MatterAnswer> PerformAsync(MatterBook book, MatterCommand command, MatterRequest request)
    {
        var salt = codes.SaltOf(Id, request);
        if (salt is { } mark && book.AnswerOf(mark) is { } before)
            return new MatterAnswer(before);
        var answer = await DecideAsync(book, command, request.By, request.Expected, salt);
        // What a list tells happens piece by piece, each at its own time, until nothing of it is left.
        for (var known = 0L; command is TellMatter && answer.Refusal is null && answer.Version != known;)
        {
            known = answer.Version;
            answer = await DecideAsync(book, command, request.By, null, null);
        }

        return answer;
    }

    private async Task<MatterAnswer> DecideAsync(MatterBook book, MatterCommand command, string by, long? expected, Opaque? salt)
    {
        var now = Math.Max(book.Tail.At, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var decision = Decide(bureau.Current, book.State, command, by, now, expected, salt);
        // A node or an item may have come on another silo a moment ago: look once more before refusing it.
        if (decision.Refusal is { Code: "node-unknown" or "service-item-unknown" })
            decision = Decide(await bureau.RefreshAsync(), book.State, command, by, now, expected, salt);
        if (decision.Refusal is { } refusal)
            return MatterAnswer.Refuse(refusal);
        if (decision.Events.IsEmpty)
            return new MatterAnswer(book.State.Version);
        var unit = MatterWork.Unit(book, decision, bureau.Current, now, byList: command is TellMatter);
        await journal.WriteAsync(unit);
        book.Take(unit.Append!.Row, decision.Events);
        _row = unit.Matters[0];
        return new MatterAnswer(book.State.Version);
    }

    private static MatterDecision Decide(BureauState known, MatterState state, MatterCommand command, string by, long now, long? expected, Opaque? salt)
    {
        var (accept, tell) = (command as AcceptMatter, command as TellMatter);
        var (node, item) = (accept?.Node ?? tell?.Node ?? state.Accepted?.Node, accept?.Item ?? tell?.Item ?? state.Accepted?.Item);
        now = Math.Min(now, tell?.TimeOf(state) ?? now);
        // Without a matter there is nothing that it could be decided in; the rules refuse it by themselves.
        var times = node is null ? null : new MatterTimes(state, node.Value, known.Tree, known.Policies, now);
        return MatterRules.Decide(state, command, new MatterContext
        {
            Now = now,
            Today = times?.Today ?? DateOnly.MinValue,
            By = by,
            Salt = () =>
            {
                var drawn = salt ?? EventMint.NewSalt();
                salt = null;
                return drawn;
            },
            Expected = expected,
            NodeIsKnown = node is { } id && known.Tree.Find(id) is not null,
            ItemIsKnown = item is not null && known.Catalogue.ServiceItems.ContainsKey(item),
            Limit = item is null ? null : known.Catalogue.DisclosureOf(item)?.Limit,
            Deadline = times?.DeadlineNow,
            Catalogue = known.Catalogue.Version,
        });
    }

    private MatterTimes TimesOf(MatterState state, Domain.Organisation.NodeId node) =>
        new(state, node, bureau.Current.Tree, bureau.Current.Policies, clock.GetUtcNow().ToUnixTimeMilliseconds());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Matter {Matter} is read anew from the journal before it takes more.")]
    private static partial void MustBeReadAnew(ILogger log, MatterId matter, Exception why);
}
