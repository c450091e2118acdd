using System.Globalization;
using Feedback.Storage.Membership;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>Verbs that make anew what silos go on counting: not beside a silo on the same PostgreSQL, whatever machine it runs on.</summary>
public sealed class AloneTests
{
    [Fact]
    public async Task Rebuild_is_refused_beside_a_server_on_another_machine_and_done_once_that_has_stopped()
    {
        using var data = await DemoData.CreateAsync(await (await PrivatePostgres.Shared).CreateDatabaseAsync());
        // The lock of a data directory knows nothing of this one.
        using var elsewhere = data.WithSameKeys();
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            await PushAsync(client, data, "before");
            var life = await LifeAsync(data);

            foreach (var verb in (string[][])[["rebuild"], ["checkpoint", "--after-restore"]])
                AssertInUse(await FeedbackProcess.RunAsync([.. verb, .. elsewhere.Options]), Environment.MachineName);

            Assert.Equal(life, await LifeAsync(data));
            Assert.Equal(0, await RebuiltAsync(data));
            await PushAsync(client, data, "after");
            Assert.Equal(0, (await server.StopAsync()).Code);
        }

        var ended = await FeedbackProcess.RunAsync(["rebuild", .. elsewhere.Options]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        Assert.Equal(1, await RebuiltAsync(data));
        Assert.Equal(0, (await data.VerifyAsync()).Code);
        Assert.Equal(2, (await StoredEvents.KeysAsync(data.Journal)).Count);
    }

    [Fact]
    public async Task Rebuild_names_the_silo_of_a_cluster_that_runs()
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        using var elsewhere = data.WithSameKeys();
        await using (var silo = await FeedbackProcess.StartAsync(
            "serve", "--data", data.Path, "--cluster", connection, "--silo-name", "silo-7", "--advertise", "127.0.0.1",
            "--silo-port", FreePorts.Next().ToString(CultureInfo.InvariantCulture), "--drain", "0"))
        {
            AssertInUse(await FeedbackProcess.RunAsync(["rebuild", .. elsewhere.Options]), "silo-7");
            Assert.Equal(0, (await silo.StopAsync()).Code);
        }

        // Stopped in good order it is no member any more: nobody waits for its last sign of life to grow old.
        var ended = await FeedbackProcess.RunAsync(["rebuild", .. elsewhere.Options]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
    }

    [Fact]
    public async Task A_site_is_neither_restored_nor_moved_into_a_database_that_silos_use()
    {
        var server = await PrivatePostgres.Shared;
        using var data = await DemoData.CreateAsync();
        using var backups = new TemporaryFolder();
        var backup = await Copies.Backups.MakeAsync(data, backups.Path);
        var target = await server.CreateDatabaseAsync();
        using var moved = data.With(target);
        using (await DatabaseUse.TryShareAsync(target, "silo-9"))
        {
            AssertInUse(await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", target]), "silo-9");
            AssertInUse(await FeedbackProcess.RunAsync(["restore", "--from", backup, .. moved.Options]), "silo-9");
        }

        Assert.True(File.Exists(data["journal.db"]));
        var ended = await FeedbackProcess.RunAsync(["migrate", "--from", data.Path, "--to", target]);
        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
    }

    [Fact]
    public async Task A_silo_that_starts_while_a_verb_has_the_database_alone_says_that_it_waits_and_serves_afterwards()
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        var alone = await DatabaseUse.AloneAsync(connection, "rebuild");
        await using var silo = FeedbackProcess.Begin(["serve", "--urls", "http://127.0.0.1:0", .. data.Options]);
        await Wait.UntilAsync("it says that it waits", () => Task.FromResult(silo.Errors.Contains("waits with its start", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
        Assert.DoesNotContain("Feedback listens on", silo.Output, StringComparison.Ordinal);

        alone.Dispose();

        await Wait.UntilAsync("it serves", () => Task.FromResult(silo.Output.Contains("Feedback listens on", StringComparison.Ordinal)), TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await silo.StopAsync()).Code);
    }

    private static void AssertInUse(Ended ended, string user)
    {
        var line = Assert.Single(ended.Errors.TrimEnd().Split('\n'));
        Assert.True(ended.Code == 1, ended.Output + line);
        Assert.StartsWith("feedback: The PostgreSQL database is in use by ", line, StringComparison.Ordinal);
        Assert.Contains(user, line, StringComparison.Ordinal);
    }

    private static Task PushAsync(DemoClient client, DemoData data, string id) => client.StoreAsync(Some.Evaluation(data.Windows[0], id));

    private static Task<string> LifeAsync(DemoData data) => StoredEvents.TextAsync(data.Journal, "select value from meta where name = 'generation'");

    private static Task<long> RebuiltAsync(DemoData data) =>
        StoredEvents.ScalarAsync(data.Journal, "select count(*) from journal_events where cast(event as text) like '%\"act\":\"derived.rebuilt\"%'");
}
