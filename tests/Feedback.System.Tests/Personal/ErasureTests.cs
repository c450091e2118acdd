using System.Text.Json.Nodes;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Personal;

/// <summary>Erasure by the verbs, and what a restored database brings back.</summary>
public sealed class ErasureTests
{
    // The demo has signed somebody in at each window already: what is pushed first is version 2.
    private const string Comment = ",\"comment\":\"请回电 13912345678\",\"matter\":\"2026-JT-000777\"";

    [Fact]
    public async Task A_database_from_before_an_erasure_forgets_the_person_again_before_it_opens()
    {
        using var data = await DemoData.CreateAsync();
        using var backup = new TemporaryFolder();
        var window = data.Windows[0];
        await PushAsync(data, window);
        Copy(data.Path, backup.Path);
        var (wrapped, ciphertext) = (await BytesAsync(data, "select hex(wrapped) from subject_keys where wrapped is not null order by subject desc limit 1"), await BytesAsync(data, "select hex(ciphertext) from personal where ciphertext is not null order by ref desc limit 1"));
        Assert.NotEmpty(FilesWith(data, wrapped));

        var erased = await RunAsync(data, "personal", "erase", "--window", window, "--version", "2", "--reason", "本人要求");
        Assert.Equal((0, $"{window}\t2\terased"), (erased.Code, erased.Output));
        await AssertErasedAsync(data, window, wrapped, ciphertext);

        // The database of before, and the ledger of now.
        Copy(backup.Path, data.Path, except: "erasures.log");
        Assert.NotEmpty(FilesWith(data, wrapped));
        // Who verifies is told, and changes nothing.
        Assert.Contains("1 erased subjects are back", (await data.VerifyAsync()).Report["notes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotEmpty(FilesWith(data, wrapped));
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            // It listens: so what was to be forgotten is forgotten, and the first receipt is given again.
            Assert.Equal(0, await StoredEvents.ScalarAsync(StoredEvents.OfFile(data["journal.db"]), "select count(*) from subject_keys where wrapped is not null and subject in (select subject from personal where kind = 1)"));
            Assert.Equal(200, (await client.PushAgainAsync(Body(window, "e-1"))).Status);
            var ended = await server.StopAsync();
            Assert.Contains("1 erased subjects were back in the database", ended.Errors, StringComparison.Ordinal);
            Assert.Equal(1, await StoredEvents.ScalarAsync(StoredEvents.OfFile(data["journal.db"]), "select count(*) from journal_events where kind = 'audit.recorded' and cast(event as text) like '%\"actor\":\"restore\"%'"));
        }

        await AssertErasedAsync(data, window, wrapped, ciphertext);
    }

    [Fact]
    public async Task A_ledger_that_was_changed_stops_the_start()
    {
        using var data = await DemoData.CreateAsync();
        await PushAsync(data, data.Windows[0]);
        await RunAsync(data, "personal", "erase", "--window", data.Windows[0], "--version", "2", "--reason", "asked");
        await File.WriteAllTextAsync(data["erasures.log"], (await File.ReadAllTextAsync(data["erasures.log"])).Replace($" {data.Windows[0]} ", " n999 ", StringComparison.Ordinal));

        var ended = await FeedbackProcess.RunAsync(["serve", "--urls", "http://127.0.0.1:0", .. data.Options]);

        Assert.Equal(1, ended.Code);
        Assert.Contains("is damaged at line 1", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_found_told_and_erased_by_the_number_of_the_matter_while_master_keys_change()
    {
        using var data = await DemoData.CreateAsync();
        var window = data.Windows[0];
        await PushAsync(data, window);

        Assert.Contains("Master key 2", (await RunAsync(data, "keys", "rotate")).Output, StringComparison.Ordinal);
        Assert.Contains("master 2\t0 data keys\tnewest", (await RunAsync(data, "keys", "status")).Output, StringComparison.Ordinal);
        Assert.Equal("2026-JT-000777", (string?)JsonNode.Parse((await RunAsync(data, "personal", "export", "--window", window, "--version", "2")).Output)!["matter"]);
        Assert.Equal(0, (await RunAsync(data, "keys", "rewrap")).Code);
        Assert.Contains("master 1\t0 data keys", (await RunAsync(data, "keys", "status")).Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data["master.key"]));

        Assert.Equal($"{window}\t2\tevaluation", (await RunAsync(data, "personal", "find", "--matter", "2026-JT-000777")).Output);
        var exported = JsonNode.Parse((await FeedbackProcess.RunAsync(["personal", "export", "--matter", "-", .. data.Options], "2026-JT-000777\n")).Output)!;
        Assert.Equal(("请回电 13912345678", "2026-JT-000777"), ((string?)exported["comment"], (string?)exported["matter"]));
        Assert.Equal($"{window}\t2\terased", (await RunAsync(data, "personal", "erase", "--matter", "2026-JT-000777", "--reason", "asked")).Output);
        Assert.Equal($"{window}\t2\twas erased before", (await RunAsync(data, "personal", "erase", "--matter", "2026-JT-000777", "--reason", "asked")).Output);
        Assert.Equal(1, (await RunAsync(data, "personal", "export", "--matter", "2026-JT-000778")).Code);
        Assert.True((bool)(await data.VerifyAsync()).Report["isClean"]!);
    }

    private static async Task PushAsync(DemoData data, string window)
    {
        await using var server = await data.StartAsync("serve");
        using var client = new DemoClient(data, server.Url);
        await client.StoreAsync(Body(window, "e-1"));
        await server.StopAsync();
    }

    // A retry carries the same time.
    private static string Body(string window, string id) =>
        $$"""{"id":"{{id}}","window":"{{window}}","occurredAt":"{{Some.Today:yyyy-MM-dd}}T00:00:00+08:00","grade":2,"origin":"active","channel":"terminal"{{Comment}}}""";

    private static async Task AssertErasedAsync(DemoData data, string window, byte[] wrapped, byte[] ciphertext)
    {
        // With master.key at hand and all.
        var told = JsonNode.Parse((await RunAsync(data, "personal", "export", "--window", window, "--version", "2")).Output)!;
        Assert.Equal((null, null, 2), ((string?)told["comment"], (string?)told["matter"], told["later"]!.AsArray().Count));
        Assert.Equal((2, "personal.erased"), ((int)told["event"]!["claim"]!["grade"]!, (string)told["later"]![0]!["event"]!["kind"]!));
        Assert.Empty(FilesWith(data, wrapped));
        Assert.Empty(FilesWith(data, ciphertext));
        Assert.True((bool)(await data.VerifyAsync()).Report["isClean"]!);
    }

    private static IEnumerable<string> FilesWith(DemoData data, byte[] bytes) =>
        Directory.GetFiles(data.Path).Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);

    private static async Task<byte[]> BytesAsync(DemoData data, string query)
    {
        await using var connection = StoredEvents.OfFile(data["journal.db"]);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.FromHexString((string)(await command.ExecuteScalarAsync())!);
    }

    private static void Copy(string from, string to, string? except = null)
    {
        foreach (var old in Directory.GetFiles(to).Where(old => Path.GetFileName(old) != except))
            File.Delete(old);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != except))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static Task<Ended> RunAsync(DemoData data, params string[] arguments) => FeedbackProcess.RunAsync([.. arguments, .. data.Options]);
}
