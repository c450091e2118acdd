using Dapper;
using Npgsql;

namespace Feedback.Storage.Schema;

/// <summary>The print of the bureau's secrets that a PostgreSQL database bears: silos with others must not write to it.</summary>
public static class SecretsPrint
{
    private const string Name = "secrets-print";

    /// <summary>Leaves a print where there is none yet, making the journal's tables if need be.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="print">The print of the caller's secrets.</param>
    /// <returns>The print that the database bears.</returns>
    /// <exception cref="NpgsqlException">The database is out of reach or refuses.</exception>
    public static async Task<string> ClaimAsync(string connectionString, string print)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await PostgresSchema.ApplyAsync(database, CancellationToken.None);
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into meta values (@Name, @print) on conflict do nothing", new { Name, print });
        return await connection.QuerySingleAsync<string>("select value from meta where name = @Name", new { Name });
    }
}
