using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Feedback.Storage.Reading;

/// <summary>Pooled connections that can only read a journal's file; they never wait for the writer, nor it for them.</summary>
internal sealed class SqliteReadSource(string path) : IReadSource
{
    private readonly string _source = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ConnectionString;

    /// <inheritdoc/>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_source);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        return connection;
    }

    /// <inheritdoc/>
    public bool WasStale(Exception error) => false;

    /// <inheritdoc/>
    public string TableOfTexts(string parameter) => $"(select value as item from json_each({parameter}))";

    /// <inheritdoc/>
    public object ValueOfTexts(IEnumerable<string> items) => JsonSerializer.Serialize(items);

    /// <inheritdoc/>
    public string TableOfBytes(string parameter) => $"(select unhex(value) as item from json_each({parameter}))";

    /// <inheritdoc/>
    public object ValueOfBytes(IEnumerable<byte[]> items) => JsonSerializer.Serialize(items.Select(Convert.ToHexStringLower));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_source));
        return ValueTask.CompletedTask;
    }
}
