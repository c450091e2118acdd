using System.Data.Common;
using Npgsql;

namespace Feedback.Storage.Reading;

/// <summary>Pooled connections to PostgreSQL.</summary>
internal sealed class PostgresReadSource(NpgsqlDataSource database) : IReadSource
{
    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public string TableOfTexts(string parameter) => $"(select item from unnest({parameter}) as item)";

    /// <inheritdoc/>
    public object ValueOfTexts(IEnumerable<string> items) => items.ToArray();

    /// <inheritdoc/>
    public string TableOfBytes(string parameter) => TableOfTexts(parameter);

    /// <inheritdoc/>
    public object ValueOfBytes(IEnumerable<byte[]> items) => items.ToArray();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();
}
