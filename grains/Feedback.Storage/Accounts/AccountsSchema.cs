using Dapper;
using Feedback.Storage.Schema;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.Storage.Accounts;

/// <summary>Brings the tables of accounts to the newest schema, making them where there are none; to be called before accounts are used, by everyone who does.</summary>
public static class AccountsSchema
{
    /// <summary>The schema of the accounts in a PostgreSQL database.</summary>
    internal const string PostgresSchema = "accounts";

    // Names our lock among the advisory locks of the database: the letters "accounts" in ASCII.
    private const long AdvisoryLock = 0x61_63_63_6F_75_6E_74_73;

    /// <summary>Prepares a SQLite file, creating it for its owner if need be.</summary>
    /// <returns>What to tell the operator of a database that a newer release has brought further; null where nothing is to be told.</returns>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    public static async Task<string?> ApplySqliteAsync(string path)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await connection.ExecuteAsync("pragma journal_mode = wal");
        // BEGIN IMMEDIATE: of several that start at once one makes the tables.
        await using var transaction = connection.BeginTransaction(deferred: false);
        var notice = await AppliedScripts.ApplyMissingAsync(transaction, SchemaScript.Of("Sqlite", "Accounts"), SchemaFloor.Accounts, "schema_scripts");
        await transaction.CommitAsync();
        return notice;
    }

    /// <summary>Prepares a PostgreSQL database. Silos that start at the same time wait for each other.</summary>
    /// <returns>What to tell the operator of a database that a newer release has brought further; null where nothing is to be told.</returns>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task<string?> ApplyPostgresAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction);
        await connection.ExecuteAsync($"create schema if not exists {PostgresSchema}", null, transaction);
        var notice = await AppliedScripts.ApplyMissingAsync(transaction, SchemaScript.Of("Postgres", "Accounts"), SchemaFloor.Accounts, PostgresSchema + ".schema_scripts");
        await transaction.CommitAsync();
        return notice;
    }
}
