using Dapper;
using Microsoft.Data.Sqlite;

namespace Feedback.Storage.Schema;

/// <summary>The journal's tables in a SQLite file.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// Bytes per page, fixed when the file is created. Measured per unit of the writer's CPU at 200,000 rows: 2,048 28 µs,
    /// 4,096 22 µs, 8,192 20 µs, but twice the bytes for every scattered index page.
    /// </summary>
    private const int PageSize = 4096;

    /// <summary>Creates the file if need be and brings it to the newest schema. Callers at the same time wait for each other.</summary>
    /// <inheritdoc cref="AppliedScripts.ApplyMissingAsync" path="/returns"/>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    public static async Task<string?> ApplyAsync(string path, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(path, cancellation);
        await connection.ExecuteAsync($"pragma page_size = {PageSize}");
        await connection.ExecuteAsync("pragma journal_mode = wal");
        // BEGIN IMMEDIATE: the one write lock is taken at once.
        await using var transaction = connection.BeginTransaction(deferred: false);
        var notice = await AppliedScripts.BringUpToDateAsync(transaction, SchemaScript.Of("Sqlite"), cancellation);
        await transaction.CommitAsync(cancellation);
        return notice;
    }

    /// <summary>Gives the database a new life, as a restore does. No server may have it open.</summary>
    public static async Task RenewGenerationAsync(string path, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(path, cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "update meta set value = @generation where name = 'generation'",
            new { generation = AppliedScripts.NewGeneration() }, cancellationToken: cancellation));
    }

    private static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync("pragma synchronous = full");
        return connection;
    }
}
