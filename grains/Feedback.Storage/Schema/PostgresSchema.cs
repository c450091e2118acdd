using Dapper;
using Npgsql;

namespace Feedback.Storage.Schema;

/// <summary>The journal's tables in a PostgreSQL database.</summary>
internal static class PostgresSchema
{
    // Names our lock among the advisory locks of the database: the letters "journal" in ASCII.
    private const long AdvisoryLock = 0x6A_6F_75_72_6E_61_6C;

    /// <summary>Brings the database to the newest schema. Silos that start at the same time wait for each other.</summary>
    /// <inheritdoc cref="AppliedScripts.ApplyMissingAsync" path="/returns"/>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task<string?> ApplyAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction, cancellationToken: cancellation));
        var notice = await AppliedScripts.BringUpToDateAsync(transaction, SchemaScript.Of("Postgres"), cancellation);
        await transaction.CommitAsync(cancellation);
        return notice;
    }

    /// <summary>Gives the database a new life, as a restore does: silos that still run stop writing.</summary>
    public static async Task RenewGenerationAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "update meta set value = @generation where name = 'generation'",
            new { generation = AppliedScripts.NewGeneration() }, cancellationToken: cancellation));
    }
}
