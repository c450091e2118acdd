using Feedback.Benchmarks.Disk;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>Arrays of 100 evaluations, each spread over the 30 windows of one hall.</summary>
internal static class BatchRate
{
    public const string Description = "Batches of 100 from halls of 30 windows.";
    public const int Size = 100;
    public const int Connections = 24;
    private const int Rounds = 3;

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable("database", "commit of the disk", "events per second (goal)", "server's processor time per event", "p50 / p99 of a batch");
        foreach (var postgres in settings.Databases)
        {
            await using var store = await Store.OpenAsync(postgres);
            await using var server = await store.StartServerAsync();
            var batches = await Contestant.OpenAsync(
                server, new Requests(server.Access, settings.Clock).Batches("/api/v1/evaluations", Size), Connections);
            await batches.WarmUpAsync(settings.Phase * 2);
            var commit = CommitTime.Measure(store.Folder);
            for (var round = 0; round < Rounds; round++)
                await batches.RunAsync(settings.Phase);
            table.Add(store.Name, commit, $"**{batches.Rate}** (≥ 40,000)", batches.Processor, batches.Times);
        }

        table.Print(
            "Batches of 100 from halls of 30 windows",
            $"Median of {Rounds} turns of {settings.Phase.TotalSeconds:0} s; {Connections} connections, 1,000 windows; the same mix.");
    }
}
