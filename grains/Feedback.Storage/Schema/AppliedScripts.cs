using System.Data.Common;
using System.Security.Cryptography;
using Dapper;

namespace Feedback.Storage.Schema;

/// <summary>Brings a database to the newest schema, inside a transaction whose owner keeps everybody else out.</summary>
internal static class AppliedScripts
{
    /// <summary>Applies the scripts that are missing, and gives a new database the id of its life.</summary>
    /// <exception cref="InvalidOperationException">A newer release made this database, or a script changed after it had been applied.</exception>
    public static async Task BringUpToDateAsync(DbTransaction transaction, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellation)
    {
        await ApplyMissingAsync(transaction, scripts, "schema_scripts", cancellation);
        await ExecuteAsync(transaction, "insert into meta (name, value) values ('generation', @generation) on conflict do nothing",
            new { generation = NewGeneration() }, cancellation);
    }

    /// <summary>Applies the scripts that a table does not list yet.</summary>
    /// <exception cref="InvalidOperationException">A newer release made this database, or a script changed after it had been applied.</exception>
    public static async Task ApplyMissingAsync(DbTransaction transaction, IReadOnlyList<SchemaScript> scripts, string table, CancellationToken cancellation = default)
    {
        await ExecuteAsync(transaction, $"create table if not exists {table} (number integer primary key, checksum text not null)", null, cancellation);
        var applied = (await transaction.Connection!.QueryAsync<(int Number, string Checksum)>(new CommandDefinition(
            $"select number, checksum from {table}", null, transaction, cancellationToken: cancellation))).ToDictionary();
        if (applied.Keys.FirstOrDefault(number => number > scripts.Count) is > 0 and var newer)
            throw new InvalidOperationException($"The database has schema {newer}; this release knows only {scripts.Count}. Run the newer release.");

        foreach (var script in scripts)
        {
            if (!applied.TryGetValue(script.Number, out var checksum))
            {
                await ExecuteAsync(transaction, script.Text, null, cancellation);
                await ExecuteAsync(transaction, $"insert into {table} values (@Number, @Checksum)", new { script.Number, script.Checksum }, cancellation);
            }
            else if (checksum != script.Checksum)
                throw new InvalidOperationException($"Schema script {script.Number} is not the one that was applied to this database.");
        }
    }

    /// <summary>A new id for a database's life: 128 random bits.</summary>
    public static string NewGeneration() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object? values, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellation));
}
