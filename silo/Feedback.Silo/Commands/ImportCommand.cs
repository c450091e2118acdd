using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Analytics.Grades;
using Feedback.Analytics.Rates;
using Feedback.Api;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Import;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>import</c>: takes registers from spreadsheets, and old evaluations and cases from CSV files. It can be stopped and run again;
/// nothing is counted twice. <c>import FILE</c> alone means <c>import evaluations FILE</c>.
/// </summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var command = Evaluations("import", "Takes the organisation, service items and staff from spreadsheets, or old evaluations from a CSV file.");
        foreach (var register in RegisterCommand.All())
            command.Add(register);
        command.Add(CaseImportCommand.Create());
        command.Add(OrderImportCommand.Create());
        command.Add(MatterImportCommand.Create());
        command.Add(Evaluations("evaluations", "Takes old evaluations from a CSV file; halls and windows are opened on the way. The server must not run."));
        return command;
    }

    private static Command Evaluations(string verb, string description)
    {
        var (data, postgres, json) = (Sites.Data(), Sites.Postgres(), Sites.Json());
        var file = new Argument<FileInfo>("file") { Description = "The CSV file." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one such as fft.", Required = true, HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "What the import is called; the same name again continues it. The file's name when left out.", HelpName = "NAME" };
        var errors = new Option<string?>("--errors") { Description = "Where rows that cannot be taken are written; FILE.errors.csv when left out.", HelpName = "FILE" };
        var command = new Command(verb, description)
        {
            file, mapping, name, errors, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var csv = parsed.GetValue(file)!;
            var rejected = parsed.GetValue(errors) ?? csv.Name + ".errors.csv";
            var site = Sites.Open(parsed, data, postgres);
            using var held = site.Data.Lock();
            using var host = await VerbHost.StartSiloAsync(site, cancellation);
            var outcome = await RunAsync(
                host.Services, csv, await MappingAsync(parsed.GetValue(mapping)!, cancellation),
                parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(csv.Name), rejected, parsed.GetValue(json), cancellation);
            await host.StopAsync(cancellation);
            if (outcome.Rejected == 0)
                File.Delete(rejected);
            Print(outcome, rejected, parsed.GetValue(json));
            return outcome.Rejected == 0 ? 0 : 3;
        }));
        return command;
    }

    private static async Task<ImportOutcome> RunAsync(
        IServiceProvider services, FileInfo csv, ImportMapping mapping, string name, string rejected, bool silent, CancellationToken cancellation)
    {
        using var text = csv.OpenText();
        await services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.EvaluationsImported, Acts.Verb) { Target = name });
        await using var errors = new StreamWriter(rejected);
        return await ProgressBar.OfImportAsync(silent, progress => EvaluationImport.RunAsync(
            text, mapping, name, services.GetRequiredService<IBureau>(), services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<TimeProvider>(), errors, progress, cancellation));
    }

    private static async Task<ImportMapping> MappingAsync(string fileOrName, CancellationToken cancellation) =>
        ImportMapping.BuiltIn(fileOrName)
        ?? (File.Exists(fileOrName)
            ? ImportMapping.Parse(await File.ReadAllTextAsync(fileOrName, cancellation))
            : throw new UsageException($"There is no mapping file '{fileOrName}', nor a built-in mapping of that name."));

    private static void Print(ImportOutcome outcome, string rejected, bool json)
    {
        var counts = new GradeCounts(
            Of(Grade.VerySatisfied), Of(Grade.Satisfied), Of(Grade.FairlySatisfied), Of(Grade.Dissatisfied), Of(Grade.VeryDissatisfied));
        var rate = Rate.Of(SatisfactionRate.Of(counts));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { outcome.Rows, outcome.Respondents, outcome.Accepted, outcome.Repeated, outcome.Rejected, outcome.Declined, outcome.NodesOpened, outcome.From, outcome.To, Satisfaction = rate },
                ApiJson.Options));
            return;
        }

        var culture = CultureInfo.InvariantCulture;
        Console.WriteLine(string.Create(culture, $"{outcome.Rows:N0} rows, {outcome.Respondents:N0} respondents, {outcome.From:yyyy-MM-dd} to {outcome.To:yyyy-MM-dd}"));
        Console.WriteLine(string.Create(culture, $"{outcome.Accepted:N0} accepted, {outcome.Repeated:N0} there already, {outcome.Rejected:N0} rejected; {outcome.NodesOpened:N0} nodes opened"));
        Console.WriteLine(string.Create(culture, $"grades 5 to 1: {Of(Grade.VerySatisfied):N0} / {Of(Grade.Satisfied):N0} / {Of(Grade.FairlySatisfied):N0} / {Of(Grade.Dissatisfied):N0} / {Of(Grade.VeryDissatisfied):N0}; declined {outcome.Declined:N0}"));
        Console.WriteLine(rate.Value is { } value
            ? string.Create(culture, $"satisfaction rate {value:P1} of {rate.Denominator:N0} active ratings (95 % interval {rate.Low:P1} to {rate.High:P1})")
            : "satisfaction rate undefined: no active rating");
        if (outcome.Rejected > 0)
            Console.WriteLine($"Rows that could not be taken, with what to mend: {rejected}");

        long Of(Grade grade) => outcome.Grades.GetValueOrDefault(grade);
    }
}
