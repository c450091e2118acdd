using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>Checkpoints from the outside: made beside a running server and when it stops, proven by anybody with the public key.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public async Task A_history_that_was_recomputed_with_its_checkpoints_is_found_by_copies_kept_elsewhere()
    {
        using var data = await DemoData.CreateAsync();
        var (copies, publicKey) = (data["copies"], data["public.pem"]);
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            for (var i = 0; i < 3; i++)
                await client.StoreAsync(Some.Evaluation(data.Windows[0], $"e-{i}", 5));
            // While the server runs.
            var made = await FeedbackProcess.RunAsync(["checkpoint", .. data.Options]);
            Assert.True(made.Code == 0 && made.Output.StartsWith("Checkpoint 2 attests 1 streams", StringComparison.Ordinal), made.Output + made.Errors);
            Assert.Equal("Nothing has changed since the newest checkpoint.", (await FeedbackProcess.RunAsync(["checkpoint", .. data.Options])).Output.Trim());
            Assert.Equal(0, (await data.VerifyAsync()).Code);
            await client.StoreAsync(Some.Evaluation(data.Windows[0], "e-3", 5));
            Assert.Equal(0, (await server.StopAsync()).Code);
        }

        var (code, report) = await data.VerifyAsync();
        Assert.Equal((0, 3), (code, (int)report["checkpoints"]!));
        await File.WriteAllTextAsync(publicKey, (await FeedbackProcess.RunAsync(["checkpoint", "--public-key", .. data.Options])).Output);
        Directory.CreateDirectory(copies);
        foreach (var file in Directory.GetFiles(data["checkpoints"]))
            File.Copy(file, Path.Combine(copies, Path.GetFileName(file)));
        string[] elsewhere = ["--checkpoints", copies, "--public-key", publicKey, .. data.Options];
        Assert.Equal(0, (await FeedbackProcess.RunAsync(["verify", .. elsewhere])).Code);

        // Without the newest checkpoint, in the journal and beside it, nothing here knows that the window said more.
        var journal = StoredEvents.OfFile(data["journal.db"]);
        await StoredEvents.ChangeAsync(journal, "delete from journal where stream = (select id from streams where name = 'checkpoints') and version = 3");
        File.Delete(Directory.GetFiles(data["checkpoints"]).Order().Last());
        Assert.Equal(0, (await data.VerifyAsync()).Code);
        var found = await FeedbackProcess.RunAsync(["verify", .. elsewhere]);
        Assert.True(found.Code == 2 && found.Output.Contains("checkpoint 3: is missing in the journal", StringComparison.Ordinal), found.Output);
    }

    [Fact]
    public async Task A_restored_database_is_said_to_be_one_and_verifies()
    {
        using var data = await DemoData.CreateAsync();
        File.Copy(data["journal.db"], data["older.db"]);
        Assert.Equal(0, (await FeedbackProcess.RunAsync(["rebuild", .. data.Options])).Code);
        Assert.StartsWith("Checkpoint 2", (await FeedbackProcess.RunAsync(["checkpoint", .. data.Options])).Output, StringComparison.Ordinal);
        File.Copy(data["older.db"], data["journal.db"], overwrite: true);
        Assert.Equal(2, (await data.VerifyAsync()).Code);

        var restored = await FeedbackProcess.RunAsync(["checkpoint", "--after-restore", .. data.Options]);

        Assert.True(restored.Code == 0 && restored.Output.StartsWith("Checkpoint 2 says that the database was restored", StringComparison.Ordinal), restored.Output + restored.Errors);
        var (code, report) = await data.VerifyAsync();
        Assert.Equal((0, 2), (code, (int)report["checkpoints"]!));
    }

    [Fact]
    public async Task Anybody_checks_a_checkpoint_with_openssl()
    {
        using var data = await DemoData.CreateAsync();
        await File.WriteAllTextAsync(data["public.pem"], (await FeedbackProcess.RunAsync(["checkpoint", "--public-key", .. data.Options])).Output);
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Directory.GetFiles(data["checkpoints"]).Order().First()))!;
        await File.WriteAllTextAsync(data["text"], (string?)kept["text"]);
        await File.WriteAllBytesAsync(data["signature"], Convert.FromBase64String((string)kept["signature"]!));

        Assert.Equal("Verified OK", (await Shell.RunAsync($"cd {data.Path} && openssl dgst -sha256 -verify public.pem -signature signature text")).Trim());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data["checkpoint.key"]));
    }
}
