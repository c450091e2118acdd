using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Simulation;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Seeds.Tests.Simulation;

/// <summary>A simulation against a collecting server, driven by a clock that only the test moves.</summary>
internal sealed class SimulationRun
{
    public static readonly SimulationPace Steady = new() { MostAtOnce = 1, Run = "r1", EventsPerMinute = 600 };

    public CollectingServer Server { get; } = new();

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z"));

    public DemoSite Site { get; private set; } = null!;

    public SimulatedWindows Windows { get; private set; } = null!;

    /// <summary>Runs until a condition holds, then stops.</summary>
    public async Task<SimulationCounts> UntilAsync(Func<bool> reached, SimulationPace? pace = null)
    {
        Site = await DemoDistrict.EnsureAsync(new BureauInMemory(), new PersonalCipher(BureauSecrets.Generate()), Clock);
        Windows = new SimulatedWindows(new HttpClient(Server) { BaseAddress = new Uri("http://hall.example") }, "fbd_key", SimulatedPlace.Of(Site), pace ?? Steady, Clock);
        using var stop = new CancellationTokenSource();
        // Without a synchronisation context, what waits for the clock goes on within Advance, before the next step.
        return await Task.Run(async () =>
        {
            var running = Windows.RunAsync(stop.Token);
            while (!reached() && !running.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }

            await stop.CancelAsync();
            return await running;
        });
    }

    /// <summary>Runs until the simulation ends by itself.</summary>
    public Task<SimulationCounts> ToItsEndAsync(SimulationPace pace) => UntilAsync(() => false, pace);

    public Task<SimulationCounts> UntilPushesAsync(int count, SimulationPace? pace = null) => UntilAsync(() => Server.Count >= count, pace);
}
