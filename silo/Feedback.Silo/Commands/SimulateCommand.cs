using System.CommandLine;
using Feedback.Seeds.Simulation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>simulate</c>: windows that push to a running service over HTTP, as real ones do on good and on bad days.</summary>
internal static class SimulateCommand
{
    private const int Doubtful = 3;

    // Shorter than the time that a process has to end after Ctrl+C.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    public static Command Create()
    {
        var (place, pace, json) = (new SimulateTarget(), new SimulateOptions(), Sites.Json());
        var command = new Command("simulate", "Plays windows that push to a running service over HTTP, and tells what was acknowledged, refused and unknown.");
        foreach (var option in place.All.Concat(pace.All).Append(json))
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var target = await place.OpenAsync(parsed, cancellation);
            using var http = target.Http;
            var wanted = pace.Read(parsed);
            var weights = pace.Weights(parsed);
            var windows = new SimulatedWindows(http, target.DeviceKey, weights.IsEmpty ? target.Place : target.Place.With(weights), wanted, RealClock.Instance);
            var citizens = pace.Filings(parsed) is > 0 and var filings ? new SimulatedCitizens(http, target.Place, filings, wanted.Seed, RealClock.Instance) : null;
            var started = RealClock.Instance.GetTimestamp();
            var counts = await SimulationView.ShowAsync(windows, wanted, RealClock.Instance, parsed.GetValue(json), () => RunAsync(windows, citizens, cancellation));
            SimulationView.Print(counts, RealClock.Instance.GetElapsedTime(started), parsed.GetValue(json));
            return counts.Refused + counts.Unknown == 0 ? 0 : Doubtful;
        }));
        return command;
    }

    // Citizens go when the windows are closed.
    private static async Task<SimulationCounts> RunAsync(SimulatedWindows windows, SimulatedCitizens? citizens, CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource();
        await using var stopping = stop.Register(() => abandon.CancelAfter(Grace));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var filing = citizens?.RunAsync(over.Token) ?? Task.CompletedTask;
        var counts = await windows.RunAsync(stop, abandon.Token);
        await over.CancelAsync();
        await filing;
        return counts;
    }
}
