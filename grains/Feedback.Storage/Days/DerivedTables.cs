using System.Runtime.CompilerServices;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Storage.Journal;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Days;

/// <summary>The derived tables as a whole. Emptying them goes through the writer, like everything that is written.</summary>
internal sealed class DerivedTables(JournalDatabase database, JournalQueue queue) : IDerivedTables
{
    private const int RowsAtOnce = 1000;

    /// <inheritdoc/>
    public async IAsyncEnumerable<(WindowDay Day, int Revision)> AllDaysAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Page by page, each after the last key of the one before: no snapshot is held open while the caller counts.
        var (node, day) = ("", DateOnly.MinValue);
        while (true)
        {
            var rows = await database.QueryAsync(
                $"select {DayReads.Columns}, fold from node_days where (node, day) > (@node, @day) order by node, day limit @limit",
                row => (DayReads.Day(row), row.GetInt32(8)),
                cancellation, ("node", node), ("day", day), ("limit", RowsAtOnce)).ConfigureAwait(false);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < RowsAtOnce)
                yield break;
            (node, day) = (rows[^1].Item1.Window.Value, rows[^1].Item1.Day);
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellation = default) => DoAsync(PendingWork.ClearDerived, cancellation);

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellation = default) => DoAsync(PendingWork.CompleteDerived, cancellation);

    private Task DoAsync(PendingWork work, CancellationToken cancellation)
    {
        var pending = new PendingUnit(work);
        queue.Add(pending);
        return pending.Task.WaitAsync(cancellation);
    }
}
