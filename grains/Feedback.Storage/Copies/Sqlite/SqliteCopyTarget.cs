using Feedback.Storage.Accounts;
using Feedback.Storage.Journal.Sqlite;
using Feedback.Storage.Schema;
using SQLitePCL;

namespace Feedback.Storage.Copies.Sqlite;

/// <summary>Fills new SQLite files, each in one transaction. Without a commit the files are deleted again.</summary>
internal sealed class SqliteCopyTarget : CopyTarget
{
    // Pages that are new in a transaction need no roll-back journal: so everything is written once. 64 MiB of pages.
    private const string Bulk = "pragma journal_mode = delete; pragma synchronous = full; pragma cache_size = -65536; begin immediate";

    private readonly string[] _paths;
    private readonly sqlite3 _journal, _accounts;
    private readonly string _generation;
    private bool _committed;

    private SqliteCopyTarget(string journal, string accounts, string generation)
    {
        (_paths, _generation) = ([journal, accounts], generation);
        _journal = Begin(journal);
        _accounts = Begin(accounts);
    }

    public static async Task<SqliteCopyTarget> CreateAsync(string journal, string accounts, string? generation)
    {
        foreach (var path in new[] { journal, accounts })
        {
            if (File.Exists(path))
                throw new TargetNotEmptyException($"{path} is there already.");
        }

        try
        {
            await SqliteSchema.ApplyAsync(journal, CancellationToken.None);
            await AccountsSchema.ApplySqliteAsync(accounts);
            return new SqliteCopyTarget(journal, accounts, generation ?? AppliedScripts.NewGeneration());
        }
        catch
        {
            Delete([journal, accounts]);
            throw;
        }
    }

    /// <inheritdoc/>
    internal override async Task WriteAsync(CopiedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        var database = table.OfAccounts ? _accounts : _journal;
        using var insert = SqliteStatement.Prepare(
            database, $"insert into {table.Name} ({table.ColumnNames}) values ({string.Join(", ", table.Columns.Select(_ => "?"))})");
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            for (var i = 0; i < row.Length; i++)
                Bind(insert, table.Columns[i].Holds, row[i]);
            insert.Run();
        }
    }

    /// <inheritdoc/>
    internal override Task CommitAsync(CopyReport copied, CancellationToken cancellation)
    {
        using (var life = SqliteStatement.Prepare(_journal, "update meta set value = ? where name = 'generation'"))
            life.Bind(_generation).Run();
        // Whoever opens the files finds them as a server leaves them.
        foreach (var database in new[] { _accounts, _journal })
            SqliteStatement.Check(database, raw.sqlite3_exec(database, "commit; pragma journal_mode = wal"));
        _committed = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _journal.Dispose();
        _accounts.Dispose();
        if (!_committed)
            Delete(_paths);
        return ValueTask.CompletedTask;
    }

    private static void Bind(SqliteStatement insert, Held holds, object? value)
    {
        switch (value)
        {
            case null:
                insert.BindNull();
                break;
            case long number:
                insert.Bind(number);
                break;
            case bool flag:
                insert.Bind(flag ? 1L : 0L);
                break;
            case byte[] text when holds == Held.Text:
                insert.BindText(text);
                break;
            case byte[] bytes:
                insert.Bind(bytes.AsSpan());
                break;
        }
    }

    private static sqlite3 Begin(string path)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        SqliteStatement.Check(database, code);
        SqliteStatement.Check(database, raw.sqlite3_exec(database, Bulk));
        return database;
    }

    private static void Delete(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            foreach (var ending in new[] { "", "-wal", "-shm", "-journal" })
                File.Delete(path + ending);
        }
    }
}
