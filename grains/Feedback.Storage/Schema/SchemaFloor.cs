using System.Data.Common;
using Dapper;

namespace Feedback.Storage.Schema;

/// <summary>
/// The lowest script that a release must know to work on a database, kept beside the list of its scripts. Scripts only add to what
/// is there, so the release before works on with a database that this one brought further; a script that does not raises the floor.
/// </summary>
/// <param name="Number">The number of the script.</param>
/// <param name="Release">The first release that knows it.</param>
internal sealed record SchemaFloor(int Number, string Release)
{
    /// <summary>The floor of this release's journal: no script of it has ever changed what was there.</summary>
    public static readonly SchemaFloor Journal = new(1, "0.1.0");

    /// <summary>The floor of this release's accounts: the second script renamed and dropped columns, and the third belongs to the same releases.</summary>
    public static readonly SchemaFloor Accounts = new(3, "0.3.0");

    /// <summary>Raises a database's floor to this one, unless it is there or above already.</summary>
    /// <param name="transaction">The owner keeps everybody else out.</param>
    /// <param name="scripts">The table of applied scripts.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The floor that the database has now.</returns>
    public async Task<SchemaFloor> RaiseAsync(DbTransaction transaction, string scripts, CancellationToken cancellation)
    {
        var table = scripts + "_floor";
        await RunAsync($"create table if not exists {table} (one integer primary key, number integer not null, release text not null)");
        await RunAsync($"insert into {table} values (1, @Number, @Release) on conflict (one) do update set number = excluded.number, release = excluded.release where excluded.number > {table}.number");
        var (number, release) = await transaction.Connection!.QuerySingleAsync<(long, string)>(new CommandDefinition(
            $"select number, release from {table}", null, transaction, cancellationToken: cancellation));
        return new SchemaFloor((int)number, release);

        Task<int> RunAsync(string sql) => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, new { Number, Release }, transaction, cancellationToken: cancellation));
    }
}
