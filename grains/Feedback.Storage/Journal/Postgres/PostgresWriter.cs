using Feedback.Grains.Journal;
using Feedback.Storage.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Feedback.Storage.Journal.Postgres;

/// <summary>The writer of a silo on PostgreSQL: a few transactions side by side, each on a connection of its own.</summary>
/// <remarks>
/// While the database is away every batch is refused as soon as that is noticed; the next one tries to connect again. So
/// writing goes on by itself once the database is back.
/// </remarks>
internal sealed class PostgresWriter(
    string connectionString, JournalQueue queue, JournalReads reads, JournalMetrics metrics, ILogger<PostgresWriter> log) : IUnitWriter, IAsyncDisposable
{
    /// <summary>Transactions in flight: while one waits for the disk, the next is being sent.</summary>
    private const int Lanes = 2;

    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "feedback-journal",
        Multiplexing = false,
        // A lane keeps its connection until a transaction fails on it. What is left of that, such as statements that were about to be
        // prepared behind the one that failed, must be nobody's: from a pool it came back and broke the next transaction's answers.
        Pooling = false,
        // Statements are few and always the same.
        MaxAutoPrepare = 32,
        AutoPrepareMinUsages = 2,
        // Callers wait two seconds at most: nobody is helped by a longer silence. Seconds.
        Timeout = 3,
        CommandTimeout = 10,
    });

    private Task _running = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        PostgresThreads.Provide();
        SchemaNotice.Tell(log, await PostgresSchema.ApplyAsync(_database, cancellation).ConfigureAwait(false));
        var generation = await reads.GenerationAsync(cancellation).ConfigureAwait(false);
        var (turns, streams, ends) = (new StreamTurns(queue), new StreamIds(), new CommittedEnds());
        _running = Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => RunAsync(turns, ends, new PostgresTransaction(streams, generation)), CancellationToken.None)));
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        queue.End();
        return _running;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task RunAsync(StreamTurns turns, CommittedEnds ends, PostgresTransaction transaction)
    {
        await using var lane = new PostgresLane(_database, transaction, ends, metrics, log);
        while (true)
        {
            // What this lane's last transaction held back is taken here, before it waits.
            var batch = turns.Take();
            if (batch.Count > 0)
            {
                queue.Begin(batch);
                await lane.StoreAsync(batch).ConfigureAwait(false);
                turns.Finish(batch);
                queue.Finish(batch);
                metrics.Conflicted(batch.Count(pending => pending.Failure is VersionConflictException));
                Batch.Settle(batch);
            }
            else if (!await queue.WaitAsync().ConfigureAwait(false))
                return;
        }
    }
}
