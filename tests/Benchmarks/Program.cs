using System.CommandLine;
using Feedback.Benchmarks;
using Feedback.Benchmarks.Measures;
using Feedback.Benchmarks.Servers;

(string Name, string Description, Func<Settings, Task> MeasureAsync)[] measures =
[
    ("push", PushCost.Description, PushCost.MeasureAsync),
    ("batch", BatchRate.Description, BatchRate.MeasureAsync),
    ("latency", FigureLatency.Description, FigureLatency.MeasureAsync),
    ("memory", MemoryUse.Description, MemoryUse.MeasureAsync),
    ("charts", ChartTime.Description, ChartTime.MeasureAsync),
    ("cluster", ClusterCost.Description, ClusterCost.MeasureAsync),
    ("signatures", SignatureCost.Description, SignatureCost.MeasureAsync),
];

// Not part of "everything": the first is no measurement of its own, the others take minutes.
(string Name, string Description, Func<Settings, Task> MeasureAsync)[] apart =
[
    ("profile", Profile.Description, Profile.MeasureAsync),
    ("backup", BackupTime.Description, BackupTime.MeasureAsync),
    ("idle-cases", IdleCases.Description, IdleCases.MeasureAsync),
];

var root = new RootCommand("Measures what a push costs, on this machine, with the load generator beside the server. Without a name: everything.")
{
    Settings.Sqlite, Settings.Postgres, Settings.Seconds, BenchServer.Create(), PlainServer.Create(),
};
foreach (var (name, description, measureAsync) in measures.Concat(apart))
{
    var command = new Command(name, description);
    command.SetAction(parsed => RunAsync(parsed, measureAsync));
    if (name == "profile")
        command.Add(Settings.InBatches);
    if (name == "backup")
        command.Add(Settings.Generated);
    if (name == "idle-cases")
    {
        foreach (var option in new[] { Settings.Count, Settings.AtOnce, Settings.IdleSeconds })
            command.Add(option);
    }

    root.Add(command);
}

root.SetAction(parsed => RunAsync(parsed, [.. measures.Select(measure => measure.MeasureAsync)]));
return await root.Parse(args).InvokeAsync();

static async Task RunAsync(ParseResult parsed, params Func<Settings, Task>[] measures)
{
    Generator.Prepare();
    var settings = Settings.Read(parsed);
    MarkdownTable.PrintMachine(settings.Clock);
    foreach (var measureAsync in measures)
        await measureAsync(settings);
}
