using Dapper;
using Npgsql;

namespace Feedback.Storage.Membership;

/// <summary>
/// Prepares a PostgreSQL database for the membership of a cluster. To be called before a silo starts, by every silo: what is
/// there already is left alone, and several callers at once wait for each other.
/// </summary>
public static class MembershipSchema
{
    // Names our lock among the advisory locks of the database: the letters "members" in ASCII.
    private const long AdvisoryLock = 0x6D_65_6D_62_65_72_73;

    /// <summary>Prepares the database.</summary>
    /// <param name="connectionString">An Npgsql connection string of a role that may create tables.</param>
    /// <param name="cancellation">Stops waiting; nothing is left half done.</param>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task ApplyAsync(string connectionString, CancellationToken cancellation = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction, cancellationToken: cancellation));
        await PostgresMembership.Tables.ApplyAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
