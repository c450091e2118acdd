using System.Data.Common;
using Dapper;
using Feedback.Storage.Copies;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.Storage.Schema;

/// <summary>The marks of unfinished work among the facts about a database. They are set with what makes the work unfinished, in one transaction.</summary>
public static class UnfinishedMarks
{
    /// <summary>The mark of <see cref="UnfinishedWork.Rebuild"/>.</summary>
    internal const string Rebuild = "unfinished-rebuild";

    // Of both the restore would count, which clears everything.
    private const string Query = $"select name from meta where name in ('{CopiedTables.UnfinishedMark}', '{Rebuild}') order by name desc limit 1";

    /// <summary>What is unfinished in a SQLite file; null for nothing, or where there is no such file yet.</summary>
    /// <param name="path">The file of the journal. Who is to rely on it holds the lock of the data directory.</param>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static UnfinishedWork? FindSqlite(string path)
    {
        if (!File.Exists(path))
            return null;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        return connection.ExecuteScalar<long>("select count(*) from sqlite_master where type = 'table' and name = 'meta'") > 0
            ? Of(connection.ExecuteScalar<string?>(Query))
            : null;
    }

    /// <summary>What is unfinished in a PostgreSQL database; null for nothing.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellation">Stops waiting for the connection.</param>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task<UnfinishedWork?> FindPostgresAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        return await FindPostgresAsync(connection);
    }

    /// <summary>The same by a connection that is open.</summary>
    internal static async Task<UnfinishedWork?> FindPostgresAsync(DbConnection connection) =>
        await connection.ExecuteScalarAsync<bool>("select to_regclass('meta') is not null") ? Of(await connection.ExecuteScalarAsync<string?>(Query)) : null;

    private static UnfinishedWork? Of(string? mark) => mark switch
    {
        null => null,
        Rebuild => UnfinishedWork.Rebuild,
        _ => UnfinishedWork.Restore,
    };
}
