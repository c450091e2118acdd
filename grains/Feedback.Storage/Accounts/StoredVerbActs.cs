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
        foreach (var note in (await connection.QueryAsync<Note>($"select id, act, target, reason, at from {table} order by id")).AsList())
        {
            await record(new AuditEntry(note.Act, Actor) { Target = note.Target, Reason = note.Reason, At = note.At });
            await connection.ExecuteAsync($"delete from {table} where id = @Id", new { note.Id });
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
