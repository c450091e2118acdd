using System.Data.Common;
using Npgsql;

namespace Feedback.Storage.Reading;

/// <summary>Pooled connections to PostgreSQL.</summary>
internal sealed class PostgresReadSource(string connectionString) : IReadSource
{
    // Queries go by a key; a plan prepared while a table was empty must not go on scanning it when it has grown.
    private const string Session = "set enable_seqscan = off";

    private readonly NpgsqlDataSource _database = Build(connectionString);

    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await _database.OpenConnectionAsync(cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public bool WasStale(Exception error)
    {
        var stale = error is PostgresException { Severity: "FATAL" or "PANIC" } or NpgsqlException { InnerException: IOException };
        if (stale)
            _database.Clear();
        return stale;
    }

    /// <inheritdoc/>
    public string TableOfTexts(string parameter) => $"(select item from unnest({parameter}) as item)";

    /// <inheritdoc/>
    public object ValueOfTexts(IEnumerable<string> items) => items.ToArray();

    /// <inheritdoc/>
    public string TableOfBytes(string parameter) => TableOfTexts(parameter);

    /// <inheritdoc/>
    public object ValueOfBytes(IEnumerable<byte[]> items) => items.ToArray();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static NpgsqlDataSource Build(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        (builder.ConnectionStringBuilder.MaxAutoPrepare, builder.ConnectionStringBuilder.AutoPrepareMinUsages) = (32, 3);
        // A reset would undo the setting, and there is nothing else to reset.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.UsePhysicalConnectionInitializer(Prepare, PrepareAsync);
        return builder.Build();
    }

    private static void Prepare(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Session, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Session, connection);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
