using System.Data.Common;
using System.Runtime.InteropServices;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Days;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Days;

/// <summary>Reads the stored days of this release's fold revision.</summary>
internal sealed class DayReads(JournalDatabase database) : IDayStore
{
    /// <summary>The columns that <see cref="Day"/> reads, in order.</summary>
    public const string Columns = "node, day, hall, parent, version, changed_at, tally, matters";

    private const string WithoutMatters = "node, day, hall, parent, version, changed_at, tally";
    private const string InSpan = "day >= @from and day < @to and fold = @fold";

    /// <inheritdoc/>
    public async Task<WindowDay?> FindAsync(NodeId window, DateOnly day, CancellationToken cancellation = default) =>
        (await database.QueryAsync(
            $"select {Columns} from node_days where node = @window and day = @day and fold = @fold",
            Day, cancellation, ("window", window.Value), ("day", day), Fold).ConfigureAwait(false)).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WindowDay>> OfWindowAsync(NodeId window, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"select {Columns} from node_days where node = @window and {InSpan} order by day",
            Day, cancellation, ("window", window.Value), ("from", from), ("to", to), Fold).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WindowDay>> ChangedSinceAsync(NodeId window, long since, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"select {Columns} from node_days where node = @window and changed_at >= @since and fold = @fold order by day",
            Day, cancellation, ("window", window.Value), ("since", since), Fold).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WindowDay>> BelowAsync(NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            $"select {WithoutMatters} from node_days where parent = @parent and {InSpan} order by day, node",
            Day, cancellation, ("parent", parent.Value), ("from", from), ("to", to), Fold).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<NodeId, long>> NewestBelowAsync(
        NodeId parent, DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        (await database.QueryAsync(
            $"select node, max(version) from node_days where parent = @parent and {InSpan} group by node",
            row => (new NodeId(row.GetString(0)), row.GetInt64(1)),
            cancellation, ("parent", parent.Value), ("from", from), ("to", to), Fold).ConfigureAwait(false)).ToDictionary();

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<NodeId, long>> ThroughAsync(IReadOnlyCollection<NodeId> windows, CancellationToken cancellation = default)
    {
        var through = windows.Distinct().ToDictionary(window => window, _ => 0L);
        var found = await database.QueryAsync(
            $"select t.node, t.version from {database.Source.TableOfTexts("@windows")} wanted cross join days_through t where t.node = wanted.item and t.fold = @fold",
            row => (new NodeId(row.GetString(0)), row.GetInt64(1)),
            cancellation, ("windows", database.Source.ValueOfTexts(through.Keys.Select(window => window.Value))), Fold).ConfigureAwait(false);
        foreach (var (window, version) in found)
            through[window] = version;
        return through;
    }

    /// <summary>Reads a day; its matters only where the query brought them.</summary>
    public static WindowDay Day(DbDataReader row) => new(
        new NodeId(row.GetString(0)),
        row.GetFieldValue<DateOnly>(1),
        new NodeId(row.GetString(2)),
        new NodeId(row.GetString(3)),
        row.GetInt64(4),
        row.GetInt64(5),
        TallyText.Read(row.GetString(6)),
        row.FieldCount > 7 ? ImmutableCollectionsMarshal.AsImmutableArray(MatterEntries.Unpack(row.Bytes(7))) : []);

    private static (string, object) Fold => ("fold", TallyFold.Revision);
}
