using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Feedback.TestSupport.Running;

/// <summary>What the journal holds, read by plain SQL past everything that is tested.</summary>
public static class StoredEvents
{
    private const string Evaluations = "select stream, cast(event as text) from journal_events where kind = 'evaluation.accepted'";

    /// <summary>A connection to the journal of a data directory.</summary>
    public static DbConnection OfFile(string journal) =>
        new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = journal, Pooling = false }.ConnectionString);

    /// <summary>A connection to the journal in PostgreSQL.</summary>
    public static DbConnection OfPostgres(string connection) => new NpgsqlConnection(connection + ";Pooling=false");

    /// <summary>Every evaluation's window and id, as often as it is stored.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(DbConnection connection) => await ReadAsync(connection, reader =>
    {
        using var happened = JsonDocument.Parse(reader.GetString(1));
        return $"{reader.GetString(0)["window:".Length..]} {IdOf(happened.RootElement.GetProperty("claim"))}";
    });

    /// <summary>Every evaluation as it is stored.</summary>
    public static Task<IReadOnlyList<string>> EvaluationsAsync(DbConnection connection) => ReadAsync(connection, reader => reader.GetString(1));

    /// <summary>The number that a query asks for.</summary>
    public static async Task<long> ScalarAsync(DbConnection connection, string query)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The text that a query asks for.</summary>
    public static async Task<string> TextAsync(DbConnection connection, string query)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            return (string)(await command.ExecuteScalarAsync())!;
        }
    }

    /// <summary>What SQLite says of its own file: "ok".</summary>
    public static async Task<string> IntegrityAsync(string journal)
    {
        await using var connection = OfFile(journal);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Changes the journal behind everybody's back.</summary>
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ChangeAsync(DbConnection connection, string statement)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            // The log is taken into the file, so that the file alone holds the change.
            command.CommandText = statement;
            var changed = await command.ExecuteNonQueryAsync();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            await command.ExecuteNonQueryAsync();
            return changed;
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, Func<DbDataReader, string> read)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = Evaluations;
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(read(reader));
            return rows;
        }
    }

    private static string? IdOf(JsonElement claim) => claim.GetProperty("id").GetString();
}
