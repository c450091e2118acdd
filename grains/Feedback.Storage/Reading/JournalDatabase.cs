using System.Data.Common;

namespace Feedback.Storage.Reading;

/// <summary>Runs queries. Always on the thread pool: SQLite reads synchronously, and a grain's turn must stay short.</summary>
internal sealed class JournalDatabase(IReadSource source)
{
    /// <summary>What the databases spell differently.</summary>
    public IReadSource Source => source;

    /// <summary>The rows of a query.</summary>
    /// <param name="sql">The query, with parameters like <c>@name</c>.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="parameters">Name and value of each parameter.</param>
    public Task<List<T>> QueryAsync<T>(
        string sql, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters) =>
        Task.Run(async () =>
        {
            try
            {
                return await AttemptAsync(sql, read, parameters, cancellation).ConfigureAwait(false);
            }
            catch (DbException e) when (source.WasStale(e))
            {
                return await AttemptAsync(sql, read, parameters, cancellation).ConfigureAwait(false);
            }
        }, cancellation);

    private async Task<List<T>> AttemptAsync<T>(
        string sql, Func<DbDataReader, T> read, (string Name, object Value)[] parameters, CancellationToken cancellation)
    {
        await using var connection = await source.OpenAsync(cancellation).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }
}
