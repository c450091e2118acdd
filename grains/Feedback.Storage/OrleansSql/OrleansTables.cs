using System.Data.Common;
using Dapper;

namespace Feedback.Storage.OrleansSql;

/// <summary>
/// One of Orleans' subjects, grain storage or membership, in one database's SQL: the tables, built up in numbered steps, and the
/// queries that Orleans reads from <c>orleansquery</c> when a silo starts and then uses with parameters and columns of fixed names.
/// </summary>
/// <param name="VersionTable">The name of the table of applied steps.</param>
/// <param name="Steps">Step n (from 1) brings the tables from version n−1 to n. A released step is never changed.</param>
/// <param name="Queries">Query text by Orleans' name for it; belongs to the last step and is stored with it.</param>
internal sealed record OrleansTables(string VersionTable, IReadOnlyList<string> Steps, IReadOnlyDictionary<string, string> Queries)
{
    /// <summary>
    /// Applies the steps that are missing, and with them the queries, inside a transaction whose owner keeps everybody else
    /// out. A database that a newer release has brought further stays as it is.
    /// </summary>
    public async Task ApplyAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        await ExecuteAsync($"create table if not exists {VersionTable} (version integer primary key)", null);
        var reached = await transaction.Connection!.ExecuteScalarAsync<int>(new CommandDefinition(
            $"select coalesce(max(version), 0) from {VersionTable}", null, transaction, cancellationToken: cancellation));
        if (reached >= Steps.Count)
            return;

        foreach (var (index, step) in Steps.Index().Skip(reached))
        {
            await ExecuteAsync(step, null);
            await ExecuteAsync($"insert into {VersionTable} values (@version)", new { version = index + 1 });
        }

        foreach (var (name, text) in Queries)
        {
            await ExecuteAsync(
                "insert into orleansquery values (@name, @text) on conflict (querykey) do update set querytext = excluded.querytext", new { name, text });
        }

        Task<int> ExecuteAsync(string sql, object? values) =>
            transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellation));
    }
}
