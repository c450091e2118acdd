using Feedback.Grains.Journal;
using Feedback.Grains.Telemetry;
using Feedback.Storage.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>
/// The writer of a SQLite journal: a thread and a connection of its own, one transaction after the other. The log is folded beside it over
/// a second connection, as nobody is to wait for that; what was written meanwhile it folds itself, and then the log begins anew.
/// </summary>
/// <remarks>
/// After the disk refused to write or synchronise, what it holds is not known and a later success would prove nothing:
/// the writer then refuses everything until the process is restarted and the file has been recovered. A full disk is
/// different: nothing is lost, and writing goes on as soon as there is room.
/// </remarks>
internal sealed partial class SqliteWriter(string path, JournalQueue queue, JournalMetrics metrics, ILogger<SqliteWriter> log) : IUnitWriter
{
    /// <summary>
    /// The log is folded into the file after so many pages (32 MiB). Fewer folds write a hot index page less often, a longer
    /// log takes longer to fold: at 200,000 rows 1,000 pages cost 22 µs per unit, 4,096 19, 16,384 17, all on the writer's thread then.
    /// </summary>
    private const int PagesPerFold = 8192;

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IOException? _broken;
    private Task? _folding;
    private bool _cutLog;
    private bool _started;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation)
    {
        SchemaNotice.Tell(log, await SqliteSchema.ApplyAsync(path, cancellation).ConfigureAwait(false));
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Run(opened)) { Name = "journal", IsBackground = true }.Start();
        await opened.Task.ConfigureAwait(false);
        _started = true;
    }

    /// <inheritdoc/>
    public Task StopAsync()
    {
        queue.End();
        return _started ? _stopped.Task : Task.CompletedTask;
    }

    private void Run(TaskCompletionSource opened)
    {
        try
        {
            using var file = new SqliteJournalFile(path);
            using var beside = new SqliteJournalFile(path);
            using var transaction = new SqliteTransaction(file);
            opened.SetResult();
            WriteAll(file, beside, transaction);
        }
        catch (Exception e)
        {
            opened.TrySetException(e);
        }
        finally
        {
            _stopped.SetResult();
        }
    }

    private void WriteAll(SqliteJournalFile file, SqliteJournalFile beside, SqliteTransaction transaction)
    {
        while (queue.WaitAsync().AsTask().GetAwaiter().GetResult())
        {
            var batch = TakeBatch();
            if (batch.Count == 0)
                continue;
            queue.Begin(batch);
            Store(batch, transaction);
            queue.Finish(batch);
            Batch.Settle(batch);
            FoldLog(file, beside);
        }

        _cutLog = true;
        FoldLog(file, beside);
    }

    private List<PendingUnit> TakeBatch()
    {
        var batch = new List<PendingUnit>();
        long bytes = 0;
        while (queue.Fits(batch.Count, bytes) && queue.TryTake(out var pending))
        {
            batch.Add(pending);
            bytes += pending.Bytes;
        }

        queue.Leave(batch.Count);
        return batch;
    }

    private void Store(List<PendingUnit> batch, SqliteTransaction transaction)
    {
        var begun = metrics.Begin();
        using var span = JournalSpans.Commit(batch, "sqlite");
        try
        {
            if (_broken is not null)
                throw _broken;
            // Each failed attempt names one more unit that is at fault, so this ends.
            while (!transaction.TryCommit(batch, IsOfUnit))
            {
            }

            metrics.Committed(begun, batch.Count(pending => !pending.HasFailed));
            metrics.Conflicted(batch.Count(pending => pending.Failure is VersionConflictException));
            _cutLog |= batch.Exists(pending => pending.Unit.Erasure is { Personal.Count: > 0 } or { Subjects.Count: > 0 });
        }
        catch (Exception e)
        {
            CouldNotStore(log, batch.Count, e);
            metrics.Failed(begun, e);
            span.Fail(e);
            NoteBroken(e);
            foreach (var pending in batch)
                pending.Fail(e);
        }
    }

    private void FoldLog(SqliteJournalFile file, SqliteJournalFile beside)
    {
        // What was erased is not to stay in the log for longer than it takes to fold it.
        if (_folding is { IsCompleted: false } && !_cutLog)
            return;
        try
        {
            if (_folding is { } folding)
            {
                _folding = null;
                folding.GetAwaiter().GetResult();
                if (_broken is null)
                    file.FoldLog();
            }

            if (_broken is not null)
                return;
            if (_cutLog)
                _cutLog = !file.TryCutLog();
            else if (file.HasWritten(PagesPerFold))
                _folding = Task.Run(beside.FoldLog);
        }
        catch (SqliteException e)
        {
            CouldNotFold(log, e);
            NoteBroken(e);
        }
    }

    private void NoteBroken(Exception e)
    {
        if (e is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB }
            or SqliteException
            {
                SqliteExtendedErrorCode: raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC
                or raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ or raw.SQLITE_IOERR_TRUNCATE
            })
            _broken = new IOException("The journal's disk failed. Nothing more is stored until the disk is sound and this process is restarted.", e);
    }

    // A value that the database refuses concerns its own unit; a full or failing disk, or a lock, concerns them all.
    private static bool IsOfUnit(Exception e) =>
        e is not (SqliteException or OutOfMemoryException)
        || e is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_ERROR };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction of {Units} units could not be stored.")]
    private static partial void CouldNotStore(ILogger log, int units, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal's log could not be folded into its file.")]
    private static partial void CouldNotFold(ILogger log, Exception e);
}
