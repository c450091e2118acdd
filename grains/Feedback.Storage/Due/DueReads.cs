using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Due;

/// <summary>Reads the work that waits; what changes it goes through the journal's writer.</summary>
internal sealed class DueReads(JournalDatabase database, IJournal journal) : IDueQueue
{
    /// <summary>For each shard one probe of the index (shard, at), which ends at once where nothing is due: what lies in the future is not read.</summary>
    public static readonly string Probe = string.Join(" union all ", Enumerable.Range(0, DueCommand.Shards).Select(shard =>
        $"select {shard} as shard, oldest.at as since from (select at from due where shard = {shard} and at <= @now order by at limit 1) oldest"));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueShard>> ShardsAsync(long now, CancellationToken cancellation = default) =>
        await database.QueryAsync(Probe, row => new DueShard(row.GetInt32(0), row.GetInt64(1)), cancellation, ("now", now)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueWork>> DueAsync(int shard, long now, int limit, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            "select shard, at, key, command, tries from due where shard = @shard and at <= @now order by at, key limit @limit",
            row => new DueWork(new DueRow(row.GetInt32(0), row.GetInt64(1), row.GetString(2), row.GetString(3)), row.GetInt32(4)),
            cancellation, ("shard", shard), ("now", now), ("limit", limit)).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<long?> NextAsync(int shard, CancellationToken cancellation = default) =>
        await database.QueryAsync(
            "select at from due where shard = @shard order by at limit 1", row => row.GetInt64(0), cancellation, ("shard", shard)).ConfigureAwait(false) is [var at] ? at : null;

    /// <inheritdoc/>
    public async Task<long> CountAsync(int shard, long now, int limit, CancellationToken cancellation = default) =>
        (await database.QueryAsync(
            "select count(*) from (select at from due where shard = @shard and at <= @now order by at limit @limit) due",
            row => row.GetInt64(0), cancellation, ("shard", shard), ("now", now), ("limit", limit)).ConfigureAwait(false)).Single();

    /// <inheritdoc/>
    public Task DoneAsync(IReadOnlyCollection<DueWork> done) =>
        done.Count == 0 ? Task.CompletedTask : journal.WriteAsync(new JournalUnit { DueTried = [.. done.Select(work => new DueTried(work.Due, work.Tries, null))] });

    /// <inheritdoc/>
    public Task AgainAsync(DueWork work, long at, int tries) =>
        journal.WriteAsync(new JournalUnit { DueTried = [new DueTried(work.Due, work.Tries, (at, tries))] });
}
