using System.Data.Common;
using System.Security.Cryptography;
using Dapper;

namespace Feedback.Storage.Schema;

/// <summary>Brings a database to the newest schema, inside a transaction whose owner keeps everybody else out.</summary>
internal static class AppliedScripts
{
    /// <summary>Applies the scripts that are missing, and gives a new database the id of its life.</summary>
    /// <inheritdoc cref="ApplyMissingAsync" path="/returns"/>
    /// <exception cref="InvalidOperationException">The database needs a newer release, or a script changed after it had been applied.</exception>
    public static async Task<string?> BringUpToDateAsync(DbTransaction transaction, IReadOnlyList<SchemaScript> scripts, CancellationToken cancellation)
    {
        var notice = await ApplyMissingAsync(transaction, scripts, SchemaFloor.Journal, "schema_scripts", cancellation);
        await ExecuteAsync(transaction, "insert into meta (name, value) values ('generation', @generation) on conflict do nothing",
            new { generation = NewGeneration() }, cancellation);
        return notice;
    }

    /// <summary>Applies the scripts that a table does not list yet.</summary>
    /// <param name="transaction">The owner keeps everybody else out.</param>
    /// <param name="scripts">The scripts that this release knows.</param>
    /// <param name="floor">The lowest of them that a release must know.</param>
    /// <param name="table">The table that lists what was applied.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>What to tell the operator of a database that a newer release has brought further; null where nothing is to be told.</returns>
    /// <exception cref="InvalidOperationException">The database needs a newer release, or a script changed after it had been applied.</exception>
    public static async Task<string?> ApplyMissingAsync(
        DbTransaction transaction, IReadOnlyList<SchemaScript> scripts, SchemaFloor floor, string table, CancellationToken cancellation = default)
    {
        await ExecuteAsync(transaction, $"create table if not exists {table} (number integer primary key, checksum text not null)", null, cancellation);
        var applied = (await transaction.Connection!.QueryAsync<(int Number, string Checksum)>(new CommandDefinition(
            $"select number, checksum from {table}", null, transaction, cancellationToken: cancellation))).ToDictionary();
        var needed = await floor.RaiseAsync(transaction, table, cancellation);
        var (known, reached) = (scripts.Count, applied.Keys.DefaultIfEmpty().Max());
        if (needed.Number > known)
            throw new InvalidOperationException(
                $"The database has schema {reached}, for which a release must know schema {needed.Number}; this one knows {known}. Run release {needed.Release} or a newer one.");

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

        return reached <= known ? null
            : $"The database has schema {reached} of a newer release, and this one knows {known}: it works on with it, and leaves alone what it does not know.";
    }

    /// <summary>A new id for a database's life: 128 random bits.</summary>
    public static string NewGeneration() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object? values, CancellationToken cancellation) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellation));
}
