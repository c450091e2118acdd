using Feedback.Storage.Accounts;
using Feedback.Storage.GrainStorage;
using Feedback.Storage.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Feedback.Storage.Copies.Postgres;

/// <summary>Fills an empty PostgreSQL database in one transaction. Until <see cref="FinishAsync"/> it is marked as unfinished, and may be filled again.</summary>
internal sealed class PostgresCopyTarget : CopyTarget
{
    private const string Derived = "node_days, days_through, cases, case_assisting, case_days, service_matters, orleansstorage";

    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;
    private readonly string _generation;

    private PostgresCopyTarget(NpgsqlDataSource database, NpgsqlConnection connection, string generation) =>
        (_database, _connection, _generation) = (database, connection, generation);

    public static async Task<PostgresCopyTarget> OpenAsync(string connectionString, string? generation, CancellationToken cancellation)
    {
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "feedback-copy", CommandTimeout = 0, Pooling = false });
        try
        {
            await PostgresSchema.ApplyAsync(database, cancellation);
            await AccountsSchema.ApplyPostgresAsync(connectionString);
            await GrainStorageSchema.ApplyPostgresAsync(database, cancellation);
            var connection = await database.OpenConnectionAsync(cancellation);
            await BeginAsync(connection, cancellation);
            return new PostgresCopyTarget(database, connection, generation ?? AppliedScripts.NewGeneration());
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the mark away: from now on what is there is a site, and not cleared again.</summary>
    public static async Task FinishAsync(string connectionString, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand($"delete from meta where name = '{CopiedTables.UnfinishedMark}'");
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Empties a database whose filling was not finished; one without the mark is left alone.</summary>
    public static async Task ClearAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await IsUnfinishedAsync(connection, CancellationToken.None))
            await ClearAsync(connection, CancellationToken.None);
        await transaction.CommitAsync();
    }

    /// <inheritdoc/>
    internal override async Task WriteAsync(CopiedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var importer = await _connection.BeginBinaryImportAsync(
            $"copy {PostgresCopySource.NameOf(table)} ({table.ColumnNames}) from stdin (format binary)", cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await importer.StartRowAsync(cancellation);
            for (var i = 0; i < row.Length; i++)
                await WriteAsync(importer, table.Columns[i].Holds, row[i], cancellation);
        }

        await importer.CompleteAsync(cancellation);
    }

    /// <inheritdoc/>
    internal override async Task CommitAsync(CopyReport copied, CancellationToken cancellation)
    {
        await ExecuteAsync(_connection, "select setval(pg_get_serial_sequence('streams', 'id'), max(id)) from streams having max(id) is not null", cancellation);
        await using (var life = new NpgsqlCommand("update meta set value = $1 where name = 'generation'", _connection) { Parameters = { new() { Value = _generation } } })
            await life.ExecuteNonQueryAsync(cancellation);
        await ExecuteAsync(_connection, $"insert into meta (name, value) values ('{CopiedTables.UnfinishedMark}', '1')", cancellation);
        await ExecuteAsync(_connection, "commit", cancellation);
        await ExecuteAsync(_connection, "analyze", cancellation);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        // A transaction that is still open ends with its connection, and nothing of it stays.
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "begin; set local synchronous_commit = on; lock table journal, streams, meta in exclusive mode", cancellation);
        if (await IsUnfinishedAsync(connection, cancellation))
            await ClearAsync(connection, cancellation);
        else if ((bool)(await ExecuteAsync(connection, $"select exists (select from streams) or exists (select from {AccountsSchema.PostgresSchema}.people)", cancellation))!)
            throw new TargetNotEmptyException("The PostgreSQL database holds a site already: name an empty one, such as a new one by 'createdb', or drop what is there after a last backup of it.");
        // What grains remember of a site that is not there any more.
        await ExecuteAsync(connection, $"truncate {Derived}; delete from meta where name <> 'generation'", cancellation);
    }

    private static async Task ClearAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await ExecuteAsync(connection, $"truncate {string.Join(", ", CopiedTables.All.Select(PostgresCopySource.NameOf).Where(name => name != "meta"))}, {Derived}; delete from meta where name <> 'generation'", cancellation);

    private static async Task<bool> IsUnfinishedAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (bool)(await ExecuteAsync(connection, $"select exists (select from meta where name = '{CopiedTables.UnfinishedMark}')", cancellation))!;

    private static Task WriteAsync(NpgsqlBinaryImporter importer, Held holds, object? value, CancellationToken cancellation) => (value, holds) switch
    {
        (null, _) => importer.WriteNullAsync(cancellation),
        (long number, Held.Small) => importer.WriteAsync(checked((short)number), NpgsqlDbType.Smallint, cancellation),
        (long number, Held.Integer) => importer.WriteAsync(checked((int)number), NpgsqlDbType.Integer, cancellation),
        (long number, _) => importer.WriteAsync(number, NpgsqlDbType.Bigint, cancellation),
        (bool flag, _) => importer.WriteAsync(flag, NpgsqlDbType.Boolean, cancellation),
        (byte[] text, Held.Text) => importer.WriteAsync(text, NpgsqlDbType.Text, cancellation),
        (byte[] bytes, _) => importer.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellation),
        _ => throw new InvalidOperationException($"A {value.GetType()} is no value of a copied column."),
    };

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
