using Npgsql;

namespace Feedback.Storage.Schema;

/// <summary>The id of a database's life. Whoever restores a database renews it, so that a silo that outlived the restore stops writing.</summary>
public static class Generation
{
    /// <summary>Renews the id in a SQLite file; the caller holds the lock of its data directory.</summary>
    public static Task RenewSqliteAsync(string path, CancellationToken cancellation = default) =>
        SqliteSchema.RenewGenerationAsync(path, cancellation);

    /// <summary>Renews the id in a PostgreSQL database.</summary>
    public static async Task RenewPostgresAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await PostgresSchema.RenewGenerationAsync(database, cancellation);
    }
}
