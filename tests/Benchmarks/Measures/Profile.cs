using Feedback.Benchmarks.Load;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Measures;

/// <summary>Nothing but durable pushes, for a profiler to look at.</summary>
internal static class Profile
{
    public const string Description = "Only durable pushes after a warm-up, and the server's process id, for a profiler to look at.";

    public static async Task MeasureAsync(Settings settings)
    {
        foreach (var postgres in settings.Databases)
        {
            await using var store = await Store.OpenAsync(postgres);
            await using var server = await store.StartServerAsync();
            var requests = new Requests(server.Access, settings.Clock);
            var push = settings.Batches
                ? await Contestant.OpenAsync(server, requests.Batches("/api/v1/evaluations", BatchRate.Size), BatchRate.Connections)
                : await Contestant.OpenAsync(server, requests.Single("/api/v1/evaluations"), PushCost.Connections);
            await push.WarmUpAsync(settings.Phase);
            Console.WriteLine($"Process {server.Id} on {store.Name} is under load.");
            await push.RunAsync(settings.Phase);
            Console.WriteLine($"{push.Rate}, {push.Times}, {push.Processor} of the server's processor time per event.");
        }
    }
}
