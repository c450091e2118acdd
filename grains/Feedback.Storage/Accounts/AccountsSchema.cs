using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.Storage.Accounts;

/// <summary>Makes the table of accounts where there is none; to be called before accounts are used, by everyone who does.</summary>
public static class AccountsSchema
{
    /// <summary>The schema of the accounts in a PostgreSQL database.</summary>
    internal const string PostgresSchema = "accounts";

    // Names our lock among the advisory locks of the database: the letters "accounts" in ASCII.
    private const long AdvisoryLock = 0x61_63_63_6F_75_6E_74_73;

    /// <summary>Prepares a SQLite file, creating it for its owner if need be.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    public static async Task ApplySqliteAsync(string path)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await connection.ExecuteAsync("pragma journal_mode = wal");
        await connection.ExecuteAsync(Table("people", flag: "integer"));
    }

    /// <summary>Prepares a PostgreSQL database. Silos that start at the same time wait for each other.</summary>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task ApplyPostgresAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction);
        await connection.ExecuteAsync($"create schema if not exists {PostgresSchema}", null, transaction);
        await connection.ExecuteAsync(Table(PostgresSchema + ".people", flag: "boolean"), null, transaction);
        await transaction.CommitAsync();
    }

    private static string Table(string name, string flag) => $"""
        create table if not exists {name} (
            id text primary key,
            name text not null,
            name_key text not null unique,
            password_hash text not null,
            security_stamp text not null,
            concurrency_stamp text not null,
            failures integer not null,
            locked_until bigint not null,
            role text not null,
            scope text,
            disabled {flag} not null
        )
        """;
}
