using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Copies;

/// <summary><c>migrate</c>: a hall that outgrew its files goes on in PostgreSQL.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task A_site_goes_on_in_PostgreSQL_as_the_same_life()
    {
        using var data = await DemoData.CreateAsync();
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-1", 5, ",\"comment\":\"请回电\""));
            var inUse = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", connection]);
            Assert.Contains("in use by another process", inUse.Errors, StringComparison.Ordinal);
            await server.StopAsync();
        }

        var generation = await StoredEvents.TextAsync(data.Journal, "select value from meta where name = 'generation'");
        var events = await StoredEvents.ScalarAsync(data.Journal, "select count(*) from journal_events where kind = 'evaluation.accepted'");

        var ended = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", connection]);

        Assert.True(ended.Code == 0 && ended.Output.StartsWith("Moved ", StringComparison.Ordinal), ended.Output + ended.Errors);
        Assert.Empty(Directory.GetFiles(data.Path, "*.db*"));
        using var moved = data.With(connection);
        Assert.Equal(generation, await StoredEvents.TextAsync(moved.Journal, "select value from meta where name = 'generation'"));
        Assert.Equal(events, await StoredEvents.ScalarAsync(moved.Journal, "select count(*) from journal_events where kind = 'evaluation.accepted'"));
        await using (var server = await moved.StartAsync("serve", "--second-factor", "optional"))
        {
            using var people = new DemoPeople(moved, server.Url);
            await people.SignedInAsync("admin");
            using var client = new DemoClient(moved, server.Url);
            await client.StoreAsync(Some.Evaluation(data.Windows[1], "e-2"));
            Assert.Equal(0, (await server.StopAsync()).Code);
        }

        var (code, report) = await moved.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    [Fact]
    public async Task What_cannot_be_moved_stays_as_it_is()
    {
        var server = await PrivatePostgres.Shared;
        using var data = await DemoData.CreateAsync();
        using var full = await DemoData.CreateAsync(await server.CreateDatabaseAsync());
        var occupied = full.Options[^1];
        await AssertRefusedAsync(data, occupied, "holds a site already");
        await AssertRefusedAsync(full, await server.CreateDatabaseAsync(), "holds no site in files");
        Assert.NotEqual(0, await StoredEvents.ChangeAsync(data.Journal, $"update journal set digest = zeroblob(32) where stream = (select id from streams where name = 'org') and version = 1"));
        await AssertRefusedAsync(data, await server.CreateDatabaseAsync(), "is not as its journal says");
        Assert.True(File.Exists(data["journal.db"]));
    }

    [Fact]
    public async Task No_second_bureau_begins_in_PostgreSQL_beside_a_site_in_files()
    {
        using var data = await DemoData.CreateAsync();
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var beside = data.With(connection);

        var refused = await FeedbackProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", .. beside.Options]);

        Assert.Equal(
            (1, $"feedback: Nobody has an account in the PostgreSQL database, and {data["journal.db"]} holds a site: move it by 'feedback migrate', serve it without the database, or put it aside for a new one."),
            (refused.Code, refused.Errors.Trim()));
        var ended = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", connection]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        await using var server = await beside.StartAsync("serve");
        Assert.Equal(0, (await server.StopAsync()).Code);
    }

    private static async Task AssertRefusedAsync(DemoData data, string to, string told)
    {
        var ended = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", to]);
        Assert.True(ended.Code == 1 && ended.Errors.Contains(told, StringComparison.Ordinal), $"{ended.Code} {ended.Output} {ended.Errors}");
        Assert.StartsWith("feedback: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
