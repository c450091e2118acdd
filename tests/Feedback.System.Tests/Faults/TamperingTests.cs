using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>Whoever changes the journal behind the service's back is found out by <c>verify</c>, which names the place.</summary>
public sealed class TamperingTests
{
    [Fact]
    public async Task Verify_names_the_place_of_every_change_and_ends_non_zero()
    {
        using var data = await DemoData.CreateAsync();
        var window = data.Windows[3];
        await using (var server = await data.StartAsync("serve"))
        {
            using var client = new DemoClient(data, server.Url);
            for (var i = 0; i < 5; i++)
                await client.StoreAsync(Some.Evaluation(window, $"e-{i}", 5));
            Assert.Equal(0, (await server.StopAsync()).Code);
        }

        Assert.Equal(0, (await data.VerifyAsync()).Code);
        var untouched = await File.ReadAllBytesAsync(data["journal.db"]);
        var stream = $"(select id from streams where name = 'window:{window}')";
        string[] edits =
        [
            $"update journal set events = replace(events, '\"grade\":5', '\"grade\":4') where stream = {stream} and version = 3",
            $"update journal set events = replace(events, '\"e-1\"', '\"e-9\"') where stream = {stream}",
            $"update journal set digest = zeroblob(32) where stream = {stream} and version = 4",
            $"update journal set version = version + 100 where stream = {stream} and version = 5",
            $"delete from journal where stream = {stream} and version = 3",
            $"delete from journal where stream = {stream} and version = (select max(version) from journal where stream = {stream})",
            $"update node_days set tally = replace(tally, '5', '4') where node = '{window}'",
            $"delete from node_days where node = '{window}'",
        ];

        foreach (var edit in edits)
        {
            Assert.NotEqual(0, await StoredEvents.ChangeAsync(StoredEvents.OfFile(data["journal.db"]), edit));
            var ended = await FeedbackProcess.RunAsync(["verify", .. data.Options]);
            Assert.True(ended.Code != 0, $"{edit}\n{ended.Output}");
            Assert.True(ended.Output.Contains(window, StringComparison.Ordinal), $"{edit}\n{ended.Output}\n{ended.Errors}");
            Assert.DoesNotContain(" at Feedback.", ended.Output + ended.Errors, StringComparison.Ordinal);
            Restore(data, untouched);
        }

        Assert.Equal(0, (await data.VerifyAsync()).Code);
    }

    private static void Restore(DemoData data, byte[] journal)
    {
        File.Delete(data["journal.db-wal"]);
        File.Delete(data["journal.db-shm"]);
        File.WriteAllBytes(data["journal.db"], journal);
    }
}
