using System.Data.Common;
using Npgsql;

namespace Feedback.Storage.Reading;

/// <summary>Pooled connections to PostgreSQL.</summary>
internal sealed class PostgresReadSource(string connectionString) : IReadSource
{
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 32, AutoPrepareMinUsages = 3 });

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
}
