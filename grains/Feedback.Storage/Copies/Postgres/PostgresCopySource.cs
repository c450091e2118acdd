using System.Runtime.CompilerServices;
using Feedback.Storage.Accounts;
using Npgsql;

namespace Feedback.Storage.Copies.Postgres;

/// <summary>Reads a site in PostgreSQL in one transaction that sees a single moment and cannot write.</summary>
internal sealed class PostgresCopySource : CopySource
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;

    private PostgresCopySource(NpgsqlDataSource database, NpgsqlConnection connection, string generation) =>
        (_database, _connection, Generation) = (database, connection, generation);

    /// <inheritdoc/>
    public override string Generation { get; }

    public static async Task<PostgresCopySource> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        // A table of years takes longer than any usual patience.
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "feedback-copy", CommandTimeout = 0, Pooling = false });
        try
        {
            var connection = await database.OpenConnectionAsync(cancellation);
            await ExecuteAsync(connection, "begin isolation level repeatable read, read only", cancellation);
            return new PostgresCopySource(database, connection, (string)(await ExecuteAsync(connection, "select value from meta where name = 'generation'", cancellation))!);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    internal override async IAsyncEnumerable<object?[]> ReadAsync(CopiedTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Holds is Held.Small or Held.Integer ? $"{column.Name}::bigint" : column.Name));
        await using var command = new NpgsqlCommand($"select {columns} from {From(table)} order by {table.Order}", _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return CopiedRow.Read(reader, table);
    }

    /// <inheritdoc/>
    internal override async Task<long> CountAsync(CopiedTable table, CancellationToken cancellation) =>
        (long)(await ExecuteAsync(_connection, $"select count(*) from {From(table)}", cancellation))!;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A table's name with its schema.</summary>
    internal static string NameOf(CopiedTable table) => table.OfAccounts ? $"{AccountsSchema.PostgresSchema}.{table.Name}" : table.Name;

    private static string From(CopiedTable table) => NameOf(table) + (table.Only is { } only ? $" where {only}" : "");

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
