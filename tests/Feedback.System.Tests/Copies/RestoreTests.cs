using System.IO.Compression;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Copies;

/// <summary><c>backup</c> and <c>restore</c> as an operator uses them.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _backups = new();

    public void Dispose() => _backups.Dispose();

    [Fact]
    public async Task A_backup_is_made_beside_a_running_server_and_holds_no_key()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-1", 5, ",\"comment\":\"请回电\""));

        var backup = await Backups.MakeAsync(data, _backups.Path);

        await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-2"));
        Assert.DoesNotContain(Directory.GetFiles(backup, "*", SearchOption.AllDirectories), file => file.EndsWith(".key", StringComparison.Ordinal));
        var secrets = (await File.ReadAllLinesAsync(data["master.key"])).Select(line => line.Split(' ')[^1])
            .Concat((await File.ReadAllLinesAsync(data["checkpoint.key"])).Where(line => !line.StartsWith('-'))).ToList();
        Assert.True(secrets.Count >= 4);
        foreach (var file in Directory.GetFiles(backup, "*", SearchOption.AllDirectories))
        {
            var text = await TextAsync(file);
            Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        }

        Assert.Equal("600", (await Shell.RunAsync($"find '{backup}' -type f -printf '%m\n' | sort -u")).Trim());
        Assert.Equal("", (await Shell.RunAsync($"cd '{backup}' && sha256sum --quiet -c SHA256SUMS 2>&1")).Trim());
        await server.StopAsync();
        Assert.Equal(0, (await data.VerifyAsync()).Code);
        Assert.Equal(1, await StoredEvents.ScalarAsync(data.Journal, "select count(*) from journal_events where cast(event as text) like '%\"act\":\"backup.made\"%'"));
    }

    [Fact]
    public async Task A_restored_site_is_another_life_that_verifies_and_lets_everybody_in()
    {
        using var data = await DemoData.CreateAsync();
        await PushAsync(data, "e-1");
        var before = await StoredEvents.TextAsync(data.Journal, "select value from meta where name = 'generation'");
        var backup = await Backups.MakeAsync(data, _backups.Path);
        await PushAsync(data, "e-2");
        Assert.Equal(0, (await FeedbackProcess.RunAsync(["checkpoint", .. data.Options])).Code);
        using var restored = await Backups.LoseAsync(data, null);

        var ended = await FeedbackProcess.RunAsync(["restore", "--from", backup, .. restored.Options]);

        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        Assert.Contains("Restored as it was at", ended.Output, StringComparison.Ordinal);
        Assert.Contains("RPO", ended.Output, StringComparison.Ordinal);
        Assert.Contains($"Filled the files in {restored.Path}.", ended.Output, StringComparison.Ordinal);
        Assert.NotEqual(before, await StoredEvents.TextAsync(data.Journal, "select value from meta where name = 'generation'"));
        Assert.Equal(["e-1"], (await StoredEvents.KeysAsync(data.Journal)).Select(key => key.Split(' ')[1]));
        Assert.False(Directory.Exists(data["restoring.partial"]));
        await using (var server = await restored.StartAsync("serve", "--second-factor", "optional"))
        {
            using var people = new DemoPeople(restored, server.Url);
            await people.SignedInAsync("admin");
            using var client = new DemoClient(restored, server.Url);
            await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-3"));
            Assert.Equal(0, (await server.StopAsync()).Code);
        }

        var (code, report) = await restored.VerifyAsync();
        Assert.True(code == 0, report.ToJsonString());
    }

    [Fact]
    public async Task Whoever_was_erased_after_the_backup_stays_erased()
    {
        using var data = await DemoData.CreateAsync();
        await PushAsync(data, "e-1", ",\"comment\":\"请回电 13912345678\"");
        var backup = await Backups.MakeAsync(data, _backups.Path);
        var erased = await FeedbackProcess.RunAsync(["personal", "erase", "--window", data.Windows[0], "--version", "2", "--reason", "asked", .. data.Options]);
        Assert.True(erased.Code == 0, erased.Output + erased.Errors);
        // The ledger was saved elsewhere; here it is lost with the rest.
        File.Move(data["erasures.log"], _backups["erasures.log"]);
        using var restored = await Backups.LoseAsync(data, null);

        var ended = await Backups.RestoreAsync(restored, backup, "--erasures", _backups["erasures.log"]);

        Assert.True(ended.Code == 0, ended.Output + ended.Errors);
        Assert.Equal(await File.ReadAllTextAsync(_backups["erasures.log"]), await File.ReadAllTextAsync(data["erasures.log"]));
        Assert.Equal(0, await StoredEvents.ScalarAsync(data.Journal, "select count(*) from personal where kind = 1 and ciphertext is not null"));
        Assert.Equal(0, (await restored.VerifyAsync()).Code);
    }

    [Fact]
    public async Task What_cannot_be_restored_is_told_in_one_line_and_leaves_nothing()
    {
        using var data = await DemoData.CreateAsync();
        await PushAsync(data, "e-1", ",\"comment\":\"请回电\"");
        var backup = await Backups.MakeAsync(data, _backups.Path);
        await AssertRefusedAsync(data, backup, "is there already, and nothing is overwritten");
        await using (await data.StartAsync("serve"))
            await AssertRefusedAsync(data, backup, "in use by another process");
        await AssertRefusedAsync(data, data.Path, "is no backup");

        using var other = DemoData.Empty();
        // A crash leaves a log; it would be played into the restored file.
        await File.WriteAllTextAsync(other["journal.db-wal"], "");
        await AssertRefusedAsync(other, backup, "journal.db-wal is there already, and nothing is overwritten");
        File.Delete(other["journal.db-wal"]);
        await AssertRefusedAsync(other, backup, "master.key is missing");
        using var stranger = await DemoData.CreateAsync();
        File.Copy(stranger["master.key"], other["master.key"]);
        await AssertRefusedAsync(other, backup, "checkpoint.key is missing");
        File.Copy(stranger["checkpoint.key"], other["checkpoint.key"]);
        await AssertRefusedAsync(other, backup, "did not sign");
        File.Copy(data["checkpoint.key"], other["checkpoint.key"], overwrite: true);
        await AssertRefusedAsync(other, backup, "does not open the personal text");
        File.Copy(data["master.key"], other["master.key"], overwrite: true);
        await File.WriteAllTextAsync(other["torn.log"], "1 nonsense\n");
        await AssertRefusedAsync(other, backup, "damaged at line 1", "--erasures", other["torn.log"]);
        Assert.Empty(Directory.GetFiles(other.Path, "*.db*"));
        Assert.False(File.Exists(other["erasures.log"]));

        Assert.Equal(0, (await Backups.RestoreAsync(other, backup)).Code);
    }

    [Fact]
    public async Task A_restore_into_PostgreSQL_that_fails_leaves_it_empty()
    {
        var server = await PrivatePostgres.Shared;
        using var data = await DemoData.CreateAsync();
        await PushAsync(data, "e-1", ",\"comment\":\"请回电\"");
        var backup = await Backups.MakeAsync(data, _backups.Path);
        using var target = data.With(await server.CreateDatabaseAsync());
        await File.WriteAllTextAsync(_backups["torn.log"], "1 nonsense\n");

        await AssertRefusedAsync(target, backup, "damaged at line 1", "--erasures", _backups["torn.log"]);
        Assert.Equal(0, await StoredEvents.ScalarAsync(target.Journal, "select count(*) from journal"));
        var restored = await Backups.RestoreAsync(target, backup);
        Assert.Equal(0, restored.Code);
        // Which one: a restore without the service's settings would fill files instead.
        await using var journal = target.Journal;
        Assert.Contains($"the PostgreSQL database {journal.Database} at ", restored.Output, StringComparison.Ordinal);
        await AssertRefusedAsync(target, backup, "holds a site already");
    }

    [Fact]
    public async Task Old_backups_go_and_the_newest_stay()
    {
        using var data = await DemoData.CreateAsync();
        Directory.CreateDirectory(_backups["feedback-backup-20200101T000000Z"]);
        var first = await Backups.MakeAsync(data, _backups.Path);
        await Wait.UntilAsync("another second begins", () => Task.FromResult(!first.EndsWith($"{Wait.Clock.GetUtcNow():HHmmss}Z", StringComparison.Ordinal)));

        var second = await Backups.MakeAsync(data, _backups.Path, "--keep", "1");

        Assert.Equal([_backups["feedback-backup-20200101T000000Z"], second], Directory.GetDirectories(_backups.Path).Order(StringComparer.Ordinal));
        var refused = await FeedbackProcess.RunAsync(["backup", "--to", _backups.Path, "--keep", "0", .. data.Options]);
        Assert.Equal((1, "feedback: --keep is 1 or more: the newest backup always stays."), (refused.Code, refused.Errors.Trim()));
    }

    [MountFact]
    public async Task A_full_disk_leaves_no_half_of_a_backup()
    {
        using var data = await DemoData.CreateAsync();
        using var disk = SmallDisk.Mount(1);
        await File.WriteAllBytesAsync(disk.Ballast, new byte[(1 << 20) - 8192]);

        var ended = await FeedbackProcess.RunAsync(["backup", "--to", Path.Combine(disk.Path, "backups"), .. data.Options]);

        Assert.Equal(1, ended.Code);
        Assert.StartsWith("feedback: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(disk.Path, "backups")));
    }

    private static async Task PushAsync(DemoData data, string id, string more = "")
    {
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        await client.StoreAsync(Some.Evaluation(data.Windows[0], id, 5, more));
        await server.StopAsync();
    }

    private static async Task AssertRefusedAsync(DemoData data, string backup, string told, params string[] more)
    {
        var ended = await Backups.RestoreAsync(data, backup, more);
        Assert.True(ended.Code == 1 && ended.Errors.Contains(told, StringComparison.Ordinal), $"{ended.Code} {ended.Output} {ended.Errors}");
        Assert.StartsWith("feedback: ", Assert.Single(ended.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(string file)
    {
        await using var bytes = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(bytes, CompressionMode.Decompress) : bytes);
        return await reader.ReadToEndAsync();
    }
}
