using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.Storage.GrainStorage;

/// <summary>
/// Brings a database to the tables and queries that Orleans' grain storage expects; they do not come with the
/// packages. To be called before the silo starts, by every silo: what is there already is left alone, and several
/// callers at once wait for each other. A database that a newer release has brought further stays as it is.
/// </summary>
public static class GrainStorageSchema
{
    // Names our lock among the advisory locks of the database: the letters "grainsto" in ASCII.
    private const long AdvisoryLock = 0x67_72_61_69_6E_73_74_6F;

    /// <summary>Prepares a PostgreSQL database.</summary>
    /// <param name="connectionString">An Npgsql connection string of a role that may create tables.</param>
    /// <param name="cancellation">Stops waiting; nothing is left half done.</param>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task ApplyPostgresAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await ApplyPostgresAsync(database, cancellation);
    }

    /// <inheritdoc cref="ApplyPostgresAsync(string, CancellationToken)"/>
    /// <param name="database">The database, of a role that may create tables.</param>
    /// <param name="cancellation">Stops waiting; nothing is left half done.</param>
    public static async Task ApplyPostgresAsync(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Until the end of the transaction. Even "create table if not exists" collides with itself without it.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction, cancellationToken: cancellation));
        await PostgresGrainStorage.Tables.ApplyAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Prepares a SQLite file, creating it if need be, and sets it to write-ahead logging for good.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="cancellation">Stops waiting; nothing is left half done.</param>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    public static async Task ApplySqliteAsync(string path, CancellationToken cancellation = default)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition("pragma journal_mode = wal", cancellationToken: cancellation));
        // Not deferred: takes the one write lock at once, so a second caller waits here.
        await using var transaction = connection.BeginTransaction(deferred: false);
        await SqliteGrainStorage.Tables.ApplyAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
