using SQLitePCL;

namespace Feedback.Storage.Journal.Sqlite;

/// <summary>A connection of the writer's own to the journal's file, durable to the last commit.</summary>
internal sealed class SqliteJournalFile : IDisposable
{
    private const int BusyMilliseconds = 5000;

    // 20 MiB of pages: the hot pages of the indexes stay at hand.
    private const string Settings = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma secure_delete = on;
        pragma cache_size = -20480;
        pragma wal_autocheckpoint = 0;
        pragma temp_store = memory;
        """;

    private long _unfolded;

    /// <summary>Opens a file that has the schema already.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened.</exception>
    public SqliteJournalFile(string path)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        Database = database;
        SqliteStatement.Check(database, code);
        _ = raw.sqlite3_busy_timeout(database, BusyMilliseconds);
        SqliteStatement.Check(database, raw.sqlite3_exec(database, Settings));
    }

    /// <summary>The native connection.</summary>
    public sqlite3 Database { get; }

    /// <summary>Prepares a statement.</summary>
    public SqliteStatement Prepare(string sql) => SqliteStatement.Prepare(Database, sql);

    /// <summary>Gives up the transaction, if there still is one.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Database) == 0)
            _ = raw.sqlite3_exec(Database, "rollback");
    }

    /// <summary>Whether this connection has written so many pages to the write-ahead log since this was true the last time.</summary>
    public bool HasWritten(int pages)
    {
        _ = raw.sqlite3_db_status(Database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        _unfolded += written;
        if (_unfolded < pages)
            return false;
        _unfolded = 0;
        return true;
    }

    /// <summary>
    /// Folds the write-ahead log into the file, as far as it goes while others read and write. Done by hand, because SQLite's own way
    /// hides an error of the disk from us.
    /// </summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The disk refused; what was committed stays safe in the log.</exception>
    public void FoldLog() => Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);

    /// <summary>
    /// Folds the whole log in and cuts it off, so that what was erased is not left in it either; false while a reader
    /// still needs it.
    /// </summary>
    public bool TryCutLog()
    {
        // Readers are not waited for: nobody may be kept from writing by one of them.
        _ = raw.sqlite3_busy_timeout(Database, 0);
        var cut = Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        _ = raw.sqlite3_busy_timeout(Database, BusyMilliseconds);
        return cut;
    }

    /// <inheritdoc/>
    public void Dispose() => Database.Dispose();

    private bool Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(Database, "main", mode, out _, out _);
        if (code is raw.SQLITE_BUSY)
            return false;
        SqliteStatement.Check(Database, code);
        return true;
    }
}
