using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Cases;

/// <summary>
/// Appends the history of imported cases to their streams, each with its row and its counts in one transaction. Whoever else holds one of
/// these streams notices by its version, as with every append.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="bureau">The organisation.</param>
/// <param name="clock">Tells when rows are stored.</param>
internal sealed class JournaledCaseImport(IJournal journal, IBureau bureau, TimeProvider clock) : ICaseImport
{
    private const int RowsAtOnce = 500;

    // Numbers are drawn from ten million of a day: five that are all taken do not happen.
    private const int Attempts = 5;

    /// <inheritdoc/>
    public async Task<ImmutableArray<CaseImportResult>> ImportAsync(string batch, IReadOnlyList<ImportedCase> cases, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, ICaseImport.Most, nameof(cases));
        var known = cases.All(one => bureau.Current.Tree.Find(one.Node) is not null && bureau.Current.Tree.Find(one.Lead) is not null)
            ? bureau.Current : await bureau.RefreshAsync();
        var context = new ImportContext(batch, known.Tree, EventMint.NewSalt) { Catalogue = known.Catalogue.Version, Policy = known.Policies.Version };
        var heads = await journal.HeadsAsync([.. cases.Select(one => StreamName.Case(one.Id))], cancellation);
        // At once, so that they share transactions.
        return [.. await Task.WhenAll(cases.Select(one => StoreAsync(one, context, heads[StreamName.Case(one.Id)] == 0, cancellation)))];
    }

    private async Task<CaseImportResult> StoreAsync(ImportedCase one, ImportContext context, bool isNew, CancellationToken cancellation)
    {
        for (var failed = 0; ; failed++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (state, tail) = isNew ? (new CaseState(one.Id), StreamTail.Of(StreamName.Case(one.Id))) : await ReadAsync(one.Id, cancellation);
            var decision = ImportedHistory.Decide(one, state, context);
            if (decision.Events.IsEmpty)
                return CaseImportResult.Of(one.Id, decision);
            try
            {
                await journal.WriteAsync(UnitOf(tail, state, decision));
                return CaseImportResult.Of(one.Id, decision);
            }
            catch (CaseTakenException e) when (e.IsExternal)
            {
                // It came in another way under the same number there, such as by the API.
                return new CaseImportResult(one.Id, Opened: false, Closed: false);
            }
            catch (CaseTakenException) when (failed < Attempts)
            {
                context = context with { Attempt = context.Attempt + 1 };
            }
            catch (VersionConflictException) when (failed < Attempts)
            {
                isNew = false;
            }
        }
    }

    private JournalUnit UnitOf(StreamTail tail, CaseState before, CaseDecision decision) => new()
    {
        Append = new Append(StreamName.Case(before.Id), tail.Next([.. decision.Events.Select(EventText.Write)], clock.GetUtcNow().ToUnixTimeMilliseconds())),
        Cases = [decision.State.ToRow(ImmutableDictionary<ClockKind, long?>.Empty)],
        CaseFlows = [.. CaseFlows.Change(before, decision.State).Select(change => new CaseFlow(change.Node, change.Day, change.Delta))],
    };

    private async Task<(CaseState State, StreamTail Tail)> ReadAsync(CaseId id, CancellationToken cancellation)
    {
        var (state, tail) = (new CaseState(id), StreamTail.Of(StreamName.Case(id)));
        while (await journal.ReadAsync(StreamName.Case(id), tail.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            state = rows.SelectMany(EventText.Read).Aggregate(state, (folded, one) => folded.Apply(one.Happened));
            tail = StreamTail.After(rows[^1]);
        }

        return (state, tail);
    }
}
