using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Feedback.Storage.Copies.Sqlite;

/// <summary>Reads a site's SQLite files, each in one read transaction: a running server neither waits for it nor is seen to go on.</summary>
internal sealed class SqliteCopySource : CopySource
{
    private readonly SqliteConnection _journal, _accounts;

    private SqliteCopySource(SqliteConnection journal, SqliteConnection accounts, string generation) =>
        (_journal, _accounts, Generation) = (journal, accounts, generation);

    /// <inheritdoc/>
    public override string Generation { get; }

    public static async Task<SqliteCopySource> OpenAsync(string journal, string accounts)
    {
        // Accounts first: an entry of the trail about one of them may then come too much, and is never missing.
        var people = await BeginAsync(accounts);
        try
        {
            var events = await BeginAsync(journal);
            await using var command = events.CreateCommand();
            command.CommandText = "select value from meta where name = 'generation'";
            return new SqliteCopySource(events, people, (string)(await command.ExecuteScalarAsync())!);
        }
        catch
        {
            await people.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    internal override async IAsyncEnumerable<object?[]> ReadAsync(CopiedTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Query(table, table.ColumnNames);
        command.CommandText += $" order by {table.Order}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return CopiedRow.Read(reader, table);
    }

    /// <inheritdoc/>
    internal override async Task<long> CountAsync(CopiedTable table, CancellationToken cancellation)
    {
        await using var command = Query(table, "count(*)");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _accounts.DisposeAsync();
    }

    private DbCommand Query(CopiedTable table, string what)
    {
        var command = (table.OfAccounts ? _accounts : _journal).CreateCommand();
        command.CommandText = $"select {what} from {table.Name}{(table.Only is { } only ? $" where {only}" : "")}";
        return command;
    }

    private static async Task<SqliteConnection> BeginAsync(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            // A read transaction begins with its first read, and sees that moment until it ends.
            command.CommandText = "begin; select count(*) from sqlite_schema";
            await command.ExecuteScalarAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
