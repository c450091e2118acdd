using Feedback.Domain.Windows;
using Feedback.Seeds.Import;
using Feedback.Seeds.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Seeds.Tests.Import;

/// <summary>An import into an empty bureau whose windows live in memory.</summary>
internal sealed class ImportTrial
{
    public const string Mapping = """
        {
          "place": {
            "district": { "code": "lake", "zh": "湖区", "en": "Lake District" },
            "zone": "Asia/Shanghai",
            "hall": { "column": "hall" },
            "window": { "column": "window" },
            "names": { "Main": { "zh": "主厅", "en": "Main hall", "code": "main-hall" } }
          },
          "missing": ["NA"],
          "id": { "column": "who" },
          "date": { "column": "day", "format": "dd/MM/yyyy" },
          "grade": { "column": "grade", "values": { "1": "5", "2": "4", "3": "3", "4": "2", "5": "1", "7": "declined" } },
          "channel": { "value": "paper" },
          "comment": { "column": "words" }
        }
        """;

    public const string Header = "who,day,hall,window,grade,words";

    public ImportTrial() => Windows = new WindowsInMemory(Bureau, Clock);

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z"));

    public BureauInMemory Bureau { get; } = new();

    public WindowsInMemory Windows { get; }

    public List<ImportProgress> Progress { get; } = [];

    /// <summary>The error report of the last run, line by line, its header apart.</summary>
    public string[] Errors { get; private set; } = [];

    public IEnumerable<EvaluationClaim> Stored => Windows.Stored;

    public Task<ImportOutcome> RunRowsAsync(params string[] rows) => RunAsync(string.Join('\n', [Header, .. rows]));

    public Task<ImportOutcome> RunAsync(string csv, string? mapping = null, string name = "trial") =>
        RunAsync(new StringReader(csv), ImportMapping.Parse(mapping ?? Mapping), name);

    public async Task<ImportOutcome> RunAsync(TextReader csv, ImportMapping mapping, string name = "trial")
    {
        var errors = new StringWriter { NewLine = "\n" };
        try
        {
            return await Task.Run(async () =>
            {
                var running = EvaluationImport.RunAsync(csv, mapping, name, Bureau, Windows.Factory, Clock, errors, new Listener(Progress));
                while (!running.IsCompleted)
                {
                    Clock.Advance(TimeSpan.FromMilliseconds(100));
                    await Task.Yield();
                }

                return await running;
            });
        }
        finally
        {
            Errors = [.. errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        }
    }

    private sealed class Listener(List<ImportProgress> heard) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => heard.Add(value);
    }
}
