using Dapper;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Storage.Accounts;

/// <summary>Notes of what verbs did, beside the accounts.</summary>
internal sealed class StoredVerbActs(IServiceScopeFactory scopes) : IVerbActs
{
    private const string Actor = "verb";

    // Of several silos one hands over at a time, or else an act would be told twice. The letters "verbacts" in ASCII.
    private const long Turn = 0x76_65_72_62_61_63_74_73;

    public async Task NoteAsync(AuditEntry entry)
    {
        await using var work = new AccountWork(scopes);
        await work.Database.Database.GetDbConnection().ExecuteAsync(
            $"insert into {TableOf(work.Database)} (act, target, reason, at) values (@Act, @Target, @Reason, @At)", new { entry.Act, entry.Target, entry.Reason, entry.At });
    }

    public async Task HandOverAsync(Func<AuditEntry, Task> record)
    {
        await using var work = new AccountWork(scopes);
        var (connection, table) = (work.Database.Database.GetDbConnection(), TableOf(work.Database));
        // The connection stays open: with it ends the turn, and the next silo has its own.
        await connection.OpenAsync();
        if (work.Database.Database.IsNpgsql() && !await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_lock(@Turn)", new { Turn }))
            return;
        try
        {
            foreach (var note in (await connection.QueryAsync<Note>($"select id, act, target, reason, at from {table} order by id")).AsList())
            {
                await record(new AuditEntry(note.Act, Actor) { Target = note.Target, Reason = note.Reason, At = note.At });
                await connection.ExecuteAsync($"delete from {table} where id = @Id", new { note.Id });
            }
        }
        finally
        {
            // Also after a failure: the connection goes back to its pool, and would keep the turn there.
            if (work.Database.Database.IsNpgsql())
                await connection.ExecuteAsync("select pg_advisory_unlock(@Turn)", new { Turn });
        }
    }

    private static string TableOf(AccountsDatabase database) => database.Database.IsNpgsql() ? AccountsSchema.PostgresSchema + ".verb_acts" : "verb_acts";

    // Members that Dapper fills.
    private sealed class Note
    {
        public long Id { get; init; }

        public string Act { get; init; } = "";

        public string? Target { get; init; }

        public string? Reason { get; init; }

        public long? At { get; init; }
    }
}
