using Feedback.Chaos.Tests.Load;
using Feedback.Chaos.Tests.Results;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Storage;

/// <summary>Two servers that know nothing of each other write to one database, as after a cluster has split.</summary>
public sealed class TwoWriterTests
{
    private const int InBatch = 10;

    [Fact]
    public Task Two_servers_on_one_window_lose_no_increment() => ResultTable.RecordAsync(21, "two writers on one stream, 10,000 increments", async row =>
    {
        await using var postgres = await PrivatePostgres.StartAsync(durable: true);
        var connection = await postgres.CreateDatabaseAsync();
        using var data = await DemoData.CreateAsync(connection);
        using var twin = data.WithSameKeys();
        await using var server = await data.StartAsync("serve");
        await using var other = await twin.StartAsync("serve");
        var (ledger, each) = (new Ledger(), Scale.Count(10_000) / 2);

        await Task.WhenAll(new[] { server, other }.Select((one, writer) => Task.Run(async () =>
        {
            using var client = new DemoClient(data, one.Url);
            foreach (var chunk in Enumerable.Range(0, each).Chunk(InBatch))
            {
                var bodies = chunk.Select(n => Some.Evaluation(data.Windows[0], $"writer-{writer}-{n}", 1 + (n % 5))).ToList();
                foreach (var (n, body) in chunk.Zip(bodies))
                    ledger.Attempt(data.Windows[0], $"writer-{writer}-{n}", body);
                await Wait.UntilAsync("they are stored", async () => ledger.Note(await client.PushAsync($"[{string.Join(',', bodies)}]"), bodies.Count), TimeSpan.FromSeconds(60));
            }
        })));

        row.Measure("increments", ledger.Acknowledged);
        row.Measure("requests that met the other writer", ledger.Refused);
        using (var client = new DemoClient(data, other.Url))
            await Wait.UntilAsync("the other counts the same", async () => await client.CountAsync() == ledger.Attempted);
        await other.StopAsync();
        await Oracle.AssertAsync(row, data, ledger, server, () => StoredEvents.OfPostgres(connection));
    });
}
