using System.Data.Common;
using Feedback.Storage;
using Feedback.Storage.Copies;
using Feedback.Storage.Membership;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>Verbs that make a database anew and are stopped half-way or still at work: nothing is served from what they leave, or written beside them.</summary>
public sealed class UnfinishedTests
{
    private const string Rebuild = "feedback: A rebuild was not finished: run 'feedback rebuild' again.";
    private const string Restore = "feedback: A restore or migrate into this PostgreSQL database was not finished: run it again; it begins anew.";
    private const string Alone = "feedback: Another verb, such as rebuild or restore, has the PostgreSQL database alone: try again when it is through.";

    [Fact]
    public Task No_server_starts_on_half_a_rebuild_on_SQLite() => InterruptAsync(null);

    [Fact]
    public async Task No_server_starts_on_half_a_rebuild_on_PostgreSQL() => await InterruptAsync(await (await PrivatePostgres.Shared).CreateDatabaseAsync());

    [Fact]
    public async Task No_server_starts_on_half_a_move_into_PostgreSQL_and_nothing_but_the_move_goes_on()
    {
        using var data = await DemoData.CreateAsync();
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var moved = data.With(connection);
        await using (var source = await SiteCopy.OpenSqliteAsync(DataDirectory.Open(data.Path)))
        await using (var target = await SiteCopy.FillPostgresAsync(connection, source.Generation))
            await SiteCopy.RunAsync(source, target, null, null);

        await AssertRefusedAsync(moved, Restore, "serve", "--urls", "http://127.0.0.1:0");
        await AssertRefusedAsync(moved, Restore, "rebuild");
        await AssertNothingIsWrittenAsync(moved, Restore);

        var ended = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", connection]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        await ServeAsync(moved);
    }

    [Fact]
    public async Task Nothing_is_written_beside_a_verb_that_has_the_PostgreSQL_database_alone()
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        using (await DatabaseUse.AloneAsync(connection, "feedback rebuild elsewhere"))
            await AssertNothingIsWrittenAsync(data, Alone);

        var ended = await FeedbackProcess.RunAsync(["users", "list", .. data.Options]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
    }

    private static async Task InterruptAsync(string? postgres)
    {
        using var data = await DemoData.CreateAsync(postgres);
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-1"));
            await server.StopAsync();
        }

        // What is damaged is found before anything is emptied.
        await ReplaceAsync(data.Journal, "e-1", "e-x");
        var stopped = await FeedbackProcess.RunAsync(["rebuild", .. data.Options]);
        Assert.Equal(1, stopped.Code);
        Assert.Contains("Nothing was changed. Run verify first", stopped.Errors, StringComparison.Ordinal);
        await ReplaceAsync(data.Journal, "e-x", "e-1");
        Assert.Equal(0, (await data.VerifyAsync()).Code);

        // As one leaves it that was killed right after it had emptied what it makes.
        await DoAsync(data.Journal, "insert into meta (name, value) values ('unfinished-rebuild', '1')", "delete from node_days", "delete from days_through");
        await AssertRefusedAsync(data, Rebuild, "serve", "--urls", "http://127.0.0.1:0");
        await AssertNothingIsWrittenAsync(data, Rebuild);
        var (code, report) = await data.VerifyAsync();
        Assert.Equal(2, code);
        Assert.Contains("A rebuild was not finished", report.ToJsonString(), StringComparison.Ordinal);
        var ended = await FeedbackProcess.RunAsync(["rebuild", .. data.Options]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        await ServeAsync(data);
        (code, report) = await data.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    private static async Task ServeAsync(DemoData data)
    {
        await using var server = await data.StartAsync("serve");
        Assert.Equal(0, (await server.StopAsync()).Code);
    }

    // What they write would be emptied with the rest, or a backup would take the half for the whole.
    private static async Task AssertNothingIsWrittenAsync(DemoData data, string told)
    {
        var backups = Path.Combine(data.Path, "backups");
        foreach (var verb in new string[][] { ["users", "list"], ["devices", "list"], ["keys", "rewrap"], ["checkpoint"], ["backup", "--to", backups] })
            await AssertRefusedAsync(data, told, verb);
        Assert.False(Directory.Exists(backups) && Directory.EnumerateFileSystemEntries(backups).Any());
    }

    private static async Task AssertRefusedAsync(DemoData data, string told, params string[] verb)
    {
        var ended = await FeedbackProcess.RunAsync([.. verb, .. data.Options]);
        Assert.Equal((1, told), (ended.Code, ended.Errors.Trim()));
    }

    private static Task ReplaceAsync(DbConnection journal, string id, string by) =>
        DoAsync(journal, $"update journal set events = replace(events, '\"{id}\"', '\"{by}\"') where stream in (select id from streams where name like 'window:%')");

    private static async Task DoAsync(DbConnection journal, params string[] statements)
    {
        await using (journal)
        {
            await journal.OpenAsync();
            foreach (var statement in statements)
            {
                await using var command = journal.CreateCommand();
                command.CommandText = statement;
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
