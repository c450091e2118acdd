using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Feedback.Grains.Paper;

/// <summary>
/// Decides by the rules on the fold of the stream, appends, and folds and answers only after the commit. A form is told to be on its
/// way, goes to its window, and is told to be stored: where a silo ends in between, the form is looked for at its window before
/// anything else is decided about it.
/// </summary>
[Reentrant]
internal sealed partial class PaperGrain(IJournal journal, IBureau bureau, IPersonalStore personal, PaperExclusions exclusions, TimeProvider clock, ILogger<PaperGrain> log) : Grain, IPaperGrain
{
    private const string System = "system";
    private const int MostAttempts = 10;
    private const int MostWaiting = 64;

    // A window's answer takes two seconds at most, and two of them may be asked one after the other.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly Refusal Busy = new("busy", Retryable: true);
    private static readonly Refusal Unknown = new("outcome-unknown", Retryable: true);

    private readonly PaperEvidence _evidence = new(journal, personal);
    private PaperBook? _book;
    private Task _last = Task.CompletedTask;
    private int _waiting;

    private PaperBatchId Id => new(this.GetPrimaryKeyString());

    private PaperSubmission Submission => new(GrainFactory, _evidence);

    public async Task<PaperAnswer> Perform(PaperRequest request)
    {
        if (!PaperBatchId.IsId(Id.Value))
            return PaperAnswer.Refuse(new Refusal("paper-batch-unknown"));
        try
        {
            var command = PaperCommandText.Read(request.Command);
            return await InTurnAsync(() => StoreAsync(() => PerformAsync(command, request)));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Another release wrote it.
            return PaperAnswer.Refuse(new Refusal("command-unreadable", Retryable: true));
        }
    }

    public async Task Look()
    {
        var looked = await InTurnAsync(() => StoreAsync(async () =>
        {
            var unsettled = await LookAfterBegunAsync(bureau.Current, System);
            // Both evaluations of a form that was corrected count until the first is excluded: that is tried until it is done.
            return unsettled.IsEmpty ? new PaperAnswer(_book!.State.Version) : PaperAnswer.Refuse(Busy);
        }));
        if (looked.Refusal is not null)
            throw new JournalBusyException();
    }

    private async Task<PaperAnswer> InTurnAsync(Func<Task<PaperAnswer>> work)
    {
        if (_waiting >= MostWaiting)
            return PaperAnswer.Refuse(Busy);
        var turn = AfterAsync(_last, work);
        _last = turn;
        try
        {
            return await turn.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return PaperAnswer.Refuse(Unknown);
        }
    }

    private async Task<PaperAnswer> AfterAsync(Task before, Func<Task<PaperAnswer>> work)
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

    // Decides again on what somebody else appended first.
    private async Task<PaperAnswer> StoreAsync(Func<Task<PaperAnswer>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                _book ??= await PaperBook.ReadAsync(Id, journal);
                return await attempt();
            }
            catch (VersionConflictException) when (number < MostAttempts)
            {
                _book = null;
            }
            catch (JournalBusyException e)
            {
                return PaperAnswer.Refuse(e.Refusal);
            }
            catch (Exception e)
            {
                // What may have been stored is read before anything else is decided.
                _book = null;
                MustBeReadAnew(log, Id, e);
                return PaperAnswer.Refuse(e is VersionConflictException ? Busy : Unknown);
            }
        }
    }

    private async Task<PaperAnswer> PerformAsync(PaperCommand command, PaperRequest request)
    {
        var mark = request.Mark is { } text ? Opaque.Parse(text) : (Opaque?)null;
        if (command is OpenPaperBatch && mark is not null && _book!.State.Opened?.Salt == mark)
            return new PaperAnswer(_book.State.Version) { IsRepeat = true };
        var node = (command as OpenPaperBatch)?.Node ?? _book!.State.Opened?.Node;
        var known = node is { } id && bureau.Current.Tree.Find(id) is null ? await bureau.RefreshAsync() : bureau.Current;
        var unsettled = await LookAfterBegunAsync(known, request.By);
        var context = ContextOf(known, request.By, request.Expected) with
        {
            Unsettled = unsettled,
            CommentDiffers = command switch
            {
                RecheckForm c => await WordsDifferAsync(c.Form),
                CorrectForm c => await WordsDifferAsync(c.Form),
                _ => false,
            },
            MayExclude = request.MayExclude,
            IsRecused = command is CorrectForm { Form: var mistyped } && _book!.State.Of(mistyped.Number).Keyed is { } stored && await exclusions.IsRecusedAsync(stored, request.By, known.Tree),
        };
        var decision = PaperRules.Decide(_book!.State, command, context with { Salt = SaltsOf(mark) });
        if (decision.Refusal is { } refusal)
            return PaperAnswer.Refuse(refusal);
        await AppendAsync(decision);
        if (command is not (KeyForms or CorrectForm))
            return new PaperAnswer(_book.State.Version);

        var rows = decision.Refused.Select(one => new PaperRow(one.Key, false, one.Value)).ToList();
        var told = await Submission.SubmitAsync(_book.State, decision.ToStore, known.Tree);
        await SettleAsync([.. told.Select(one => one.Outcome)], context, request.Address);
        // What is stored and could not be noted yet is keyed once more, and then is.
        rows.AddRange(told.Select(one => one.Row.Refusal is null && _book.State.Of(one.Row.Form).Begun is not null ? one.Row with { IsNew = false, Refusal = Unknown } : one.Row));
        return new PaperAnswer(_book.State.Version) { Rows = [.. rows.OrderBy(row => row.Form)] };
    }

    // The first event bears the mark of the request that led to it.
    private static Func<Opaque> SaltsOf(Opaque? mark) => () =>
    {
        var salt = mark ?? EventMint.NewSalt();
        mark = null;
        return salt;
    };

    // A silo ended, or a window did not answer in time: what it stored meanwhile is noted. Told are the forms of which that cannot be done yet.
    private async Task<ImmutableHashSet<int>> LookAfterBegunAsync(BureauState known, string by)
    {
        var begun = _book!.State.Begun.ToList();
        if (begun.Count == 0)
            return [];
        var found = new List<PaperOutcome>(begun.Count);
        foreach (var form in begun)
            found.Add(await Submission.LookAsync(_book.State, form, known.Tree));
        await SettleAsync(found, ContextOf(known, by, expected: null));
        return [.. found.Where(one => one.Stored is not null && _book.State.Of(one.Form).Begun is not null).Select(one => one.Form)];
    }

    // An evaluation that a correction replaces is excluded before the correction is noted: so it is done, however often it must be tried.
    private async Task SettleAsync(IReadOnlyList<PaperOutcome> outcomes, PaperContext context, string? address = null)
    {
        var settled = new List<PaperOutcome>(outcomes.Count);
        foreach (var outcome in outcomes)
        {
            var form = _book!.State.Of(outcome.Form);
            var replaced = outcome.Stored is not null && form.Begun?.Attempt == outcome.Attempt ? form.Keyed : null;
            if (replaced is null || await exclusions.ExcludeAsync(Id, replaced, outcome.By ?? context.By, address))
                settled.Add(outcome);
        }

        await AppendAsync(PaperRules.Settle(_book!.State, settled, context));
    }

    private async Task AppendAsync(PaperDecision decision)
    {
        if (decision.Events.IsEmpty)
            return;
        var now = Math.Max(_book!.Tail.At, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var row = _book.Tail.Next([.. decision.Events.Select(EventText.Write)], now);
        await journal.WriteAsync(PaperWork.Unit(_book.State, decision, row, now));
        _book.Take(row, decision.Events);
    }

    private async Task<bool> WordsDifferAsync(ReadForm read) =>
        _book!.State.Of(read.Number).Keyed is { } keyed && await _evidence.WordsDifferAsync(keyed.Answers.Window, keyed.Evaluation, read.Comment);

    private PaperContext ContextOf(BureauState known, string by, long? expected)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var batch = Id.Node;
        var node = known.Tree.Find(batch);
        return new PaperContext
        {
            Now = now,
            Today = node?.Zone.LocalTime(now).Day ?? DateOnly.MinValue,
            By = by,
            Salt = EventMint.NewSalt,
            Expected = expected,
            NodeIsKnown = node is not null,
            HasWindow = (window, day) => known.Tree.Find(window) is { Kind: Domain.Organisation.NodeKind.Window } && known.Tree.IsAtOrBelow(window, batch, day),
            HasDimension = known.Catalogue.HasDimension,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {Batch} is read anew from the journal before it takes more.")]
    private static partial void MustBeReadAnew(ILogger log, PaperBatchId batch, Exception why);
}
