using System.Text.Json;
using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>What 1,000 active windows hold in one process, and what one hall's month does.</summary>
internal static class MemoryUse
{
    public const string Description = "1,000 active windows in one process, and a month of a hall with 1,000 windows.";
    private const int BatchSize = 100;
    private const int EventsPerWindow = 2048;
    private const int Connections = 24;
    private const double Megabyte = 1024 * 1024;

    public static async Task MeasureAsync(Settings settings)
    {
        var table = new MarkdownTable("what", "database", "managed objects", "private working set", "goal");
        foreach (var postgres in settings.Databases)
        {
            await using var store = await Store.OpenAsync(postgres);
            await using var server = await store.StartServerAsync();
            var requests = new Requests(server.Access, settings.Clock);
            var connections = await HttpConnection.OpenAsync(server.Address, Connections);
            var batches = ((EventsPerWindow * BenchDistrict.WindowsPerHall / BatchSize) + 1) * server.Access.Halls.Length;
            var load = await ClosedLoop.RunAsync(connections, requests.Batches("/api/v1/evaluations", BatchSize), batches);
            var answer = await connections[0].ExchangeAsync(requests.Get("/bench/memory"));
            var memory = JsonSerializer.Deserialize<ServerMemory>(answer.Body.Span, JsonSerializerOptions.Web)!;
            table.Add(
                $"{MarkdownTable.Count(memory.Windows)} active windows after {MarkdownTable.Count(load.Events)} evaluations", store.Name,
                Megabytes(memory.ManagedBytes), $"**{Megabytes(memory.PrivateBytes)}**", "≤ 400 MB");
        }

        table.Add("a month of a hall with 1,000 windows", "–", $"**{Megabytes(HallMonth.Measure())}**", "–", "≤ 40 MB");
        table.Print("Memory", $"After a forced collection; {HallMonth.Description}.");
    }

    private static string Megabytes(long bytes) => MarkdownTable.Count(bytes / Megabyte) + " MB";
}
