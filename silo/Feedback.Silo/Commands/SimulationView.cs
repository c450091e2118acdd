using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Seeds.Simulation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Feedback.Silo.Commands;

/// <summary>Shows how a simulation goes, on the error stream, and tells at the end what became of its events.</summary>
internal static class SimulationView
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    /// <summary>Shows a table that is kept up to date on a terminal, a line now and then elsewhere, nothing when silent.</summary>
    public static async Task<SimulationCounts> ShowAsync(
        SimulatedWindows windows, SimulationPace pace, TimeProvider clock, bool silent, Func<Task<SimulationCounts>> run)
    {
        var started = clock.GetTimestamp();
        var running = run();
        if (silent)
            return await running;
        if (Console.IsErrorRedirected)
        {
            await EveryAsync(running, TellEvery, clock, () => Console.Error.WriteLine(Line(windows.Counts, clock.GetElapsedTime(started))));
            return await running;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Live(Picture(windows.Counts, pace, TimeSpan.Zero)).AutoClear(true).StartAsync(context =>
            EveryAsync(running, ShowEvery, clock, () => context.UpdateTarget(Picture(windows.Counts, pace, clock.GetElapsedTime(started)))));
        return await running;
    }

    /// <summary>Prints the summary.</summary>
    public static void Print(SimulationCounts counts, TimeSpan elapsed, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Seconds = Math.Round(elapsed.TotalSeconds, 3),
                    Acknowledged = new { New = counts.Accepted, Duplicate = counts.Repeated },
                    Refused = counts.RefusedBy,
                    counts.Unknown,
                    counts.Retries,
                    NeverSent = counts.Kept,
                    AfterRestore = new { New = counts.StoredAgain, Duplicate = counts.KnownAgain },
                    LatencyMs = new { Requests = counts.Latency.Answered, P50 = Rounded(counts.Latency.P50), P90 = Rounded(counts.Latency.P90), P99 = Rounded(counts.Latency.P99), Max = Rounded(counts.Latency.Max) },
                    counts.LastProblem,
                },
                ApiJson.Options));
            return;
        }

        foreach (var (name, value) in Rows(counts, elapsed))
            Console.WriteLine($"{name,-22}{value}");
    }

    private static async Task EveryAsync(Task running, TimeSpan every, TimeProvider clock, Action show)
    {
        while (await Task.WhenAny(running, Task.Delay(every, clock)) != running)
            show();
    }

    private static Table Picture(SimulationCounts counts, SimulationPace pace, TimeSpan elapsed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        table.Caption = new TableTitle(End(pace));
        foreach (var (name, value) in Rows(counts, elapsed))
            table.AddRow(new Text(name), (IRenderable)new Text(value));
        return table;
    }

    private static string End(SimulationPace pace) => (pace.Count, pace.Duration) switch
    {
        (null, null) => "Ctrl+C ends it",
        ({ } count, null) => Invariant($"of {count:N0} events"),
        (null, { } duration) => Invariant($"of {duration.TotalSeconds:N0} s"),
        ({ } count, { } duration) => Invariant($"of {count:N0} events or {duration.TotalSeconds:N0} s"),
    };

    private static IEnumerable<(string Name, string Value)> Rows(SimulationCounts counts, TimeSpan elapsed)
    {
        yield return ("time", Invariant($"{elapsed.TotalSeconds:N1} s, {counts.Sent / Math.Max(elapsed.TotalSeconds, 0.001):N1} events/s"));
        yield return ("acknowledged, new", Invariant($"{counts.Accepted:N0}"));
        yield return ("acknowledged before", Invariant($"{counts.Repeated:N0}"));
        yield return ("refused", counts.Refused == 0 ? "0" : Invariant($"{counts.Refused:N0} ({string.Join(", ", counts.RefusedBy.Select(one => $"{one.Key} {one.Value}"))})"));
        yield return ("unknown", Invariant($"{counts.Unknown:N0}"));
        yield return ("sent again", Invariant($"{counts.Retries:N0}"));
        yield return ("kept while offline", Invariant($"{counts.Kept:N0}"));
        if (counts.StoredAgain + counts.KnownAgain > 0)
            yield return ("again after a restore", Invariant($"{counts.StoredAgain + counts.KnownAgain:N0}, of which {counts.StoredAgain:N0} were lost"));
        yield return ("latency p50/p90/p99", counts.Latency is { P50: { } p50, P90: { } p90, P99: { } p99, Max: { } max }
            ? Invariant($"{p50:N1} / {p90:N1} / {p99:N1} ms, at most {max:N1} ms")
            : "–");
        if (counts.LastProblem is { } problem)
            yield return ("last problem", problem.ReplaceLineEndings(" "));
    }

    private static string Line(SimulationCounts counts, TimeSpan elapsed) =>
        Invariant($"{elapsed.TotalSeconds:N0} s: {counts.Accepted:N0} new, {counts.Repeated:N0} known before, {counts.Refused:N0} refused, {counts.Unknown:N0} unknown, {counts.Retries:N0} sent again, {counts.Kept:N0} kept; p50 {counts.Latency.P50 ?? 0:N1} ms");

    private static double? Rounded(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 2) : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
