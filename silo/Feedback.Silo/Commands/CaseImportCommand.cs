using System.CommandLine;
using System.Globalization;
using System.Text;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Registers;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>import cases</c>: takes a stream of complaints from a CSV file, all of it or nothing, and tells how long they took. The same file again
/// opens no case twice.
/// </summary>
internal static class CaseImportCommand
{
    private const int MostErrors = 20;
    private static readonly UTF8Encoding ForSpreadsheets = new(encoderShouldEmitUTF8Identifier: true);

    public static Command Create()
    {
        var (data, postgres, json) = (Sites.Data(), Sites.Postgres(), Sites.Json());
        var file = new Argument<FileInfo>("file") { Description = "The CSV file." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one such as myla311.", Required = true, HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "What the import is called; the file's name when left out.", HelpName = "NAME" };
        var register = new Option<string?>("--register") { Description = "Where units that the organisation lacks are written, for 'import organisation'.", HelpName = "FILE.csv" };
        var errors = new Option<string?>("--errors") { Description = "Where rows that cannot be taken are written, with what to mend.", HelpName = "FILE.csv" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tells what is wrong and how long the cases took, and stores nothing." };
        var limit = new Option<double?>("--limit-days") { Description = "A limit in natural days, to tell the share closed within it.", HelpName = "DAYS" };
        var charts = new Option<string?>("--charts") { Description = "A folder for the charts of closing times and of cases opened and closed.", HelpName = "FOLDER" };
        var lang = new Option<string?>("--lang") { Description = "The language of errors, names and charts: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("cases", "Takes complaints from a CSV file with the times that they had. All rows are taken, or none. The server must not run.")
        {
            file, mapping, name, register, errors, dryRun, limit, charts, lang, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var (culture, csv) = (RegisterCommand.CultureOf(parsed.GetValue(lang)), parsed.GetValue(file)!);
            var called = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(csv.Name).ToLowerInvariant();
            if (!CaseImport.IsName(called))
                throw new UsageException($"'{called}' is no name of an import; give one of lower-case letters, digits, dots and hyphens by --name.");
            var map = await MappingAsync(parsed.GetValue(mapping)!, cancellation);
            var read = await ReadAsync(csv, map, culture, cancellation);
            if (read.Errors.Count > 0)
                return await RefuseAsync(read, parsed.GetValue(errors));
            var site = Sites.Open(parsed, data, postgres);
            using var held = site.Data.Lock();
            using var host = VerbHost.BuildStorage(site, services => services.AddUse(site));
            await host.StartAsync(cancellation);
            var tree = (await host.Services.GetRequiredService<IBureau>().RefreshAsync()).Tree;
            if (read.Missing(tree) is { Length: > 0 } missing)
                return await TellMissingAsync(read, missing, parsed.GetValue(register), culture);
            var cases = read.CasesAt(tree);
            CaseImportOutcome? outcome = null;
            if (!parsed.GetValue(dryRun))
            {
                await host.Services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.CasesImported, Acts.Verb) { Target = called });
                outcome = await ProgressBar.OfCasesAsync(parsed.GetValue(json), progress => CaseImport.RunAsync(
                    cases, called, host.Services.GetRequiredService<ICaseImport>(), progress, cancellation));
            }

            var figures = new CaseFileFigures(read, cases, map, parsed.GetValue(limit), RealClock.Instance.GetUtcNow(), culture);
            figures.Print(outcome, parsed.GetValue(json), Console.Out);
            if (parsed.GetValue(charts) is { } folder)
                await figures.DrawAsync(folder, cancellation);
            await host.StopAsync(cancellation);
            return outcome is { Refused.Length: > 0 } ? 3 : 0;
        }));
        return command;
    }

    private static async Task<CaseFile> ReadAsync(FileInfo csv, CaseMapping mapping, CultureInfo culture, CancellationToken cancellation)
    {
        using var text = csv.OpenText();
        return await CaseFile.ReadAsync(text, mapping, RealClock.Instance, culture, cancellation);
    }

    private static async Task<CaseMapping> MappingAsync(string fileOrName, CancellationToken cancellation) =>
        CaseMapping.BuiltIn(fileOrName)
        ?? (File.Exists(fileOrName)
            ? CaseMapping.Parse(await File.ReadAllTextAsync(fileOrName, cancellation))
            : throw new UsageException($"There is no mapping file '{fileOrName}', nor a built-in mapping of that name."));

    private static async Task<int> RefuseAsync(CaseFile read, string? rejected)
    {
        foreach (var error in read.Errors.Take(MostErrors))
            Console.WriteLine($"{error.Row}{(error.Column is null ? "" : ", " + error.Column)}: {error.Problem} {error.Mend}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read.Errors.Count:N0} errors in {read.Rows:N0} rows; nothing was stored."));
        if (rejected is null)
            return 3;
        await using var to = new StreamWriter(rejected, append: false, ForSpreadsheets);
        await RegisterReport.WriteErrorsAsync(read.Errors, to);
        return 3;
    }

    private static async Task<int> TellMissingAsync(CaseFile read, IReadOnlyCollection<NamedPlace> missing, string? register, CultureInfo culture)
    {
        foreach (var place in missing.Take(MostErrors))
            Console.WriteLine($"{place.Path}  {place.Zh}  {place.En}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The organisation lacks {missing.Count:N0} units that the file names; nothing was stored."));
        if (register is null)
        {
            Console.WriteLine("With --register FILE.csv they are written for 'feedback import organisation FILE.csv'.");
            return 3;
        }

        await using (var to = new StreamWriter(register, append: false, ForSpreadsheets))
            await read.WriteRegisterAsync(missing, culture, to);
        Console.WriteLine($"They are in {register}: look it through, run 'feedback import organisation {register}', and import the cases again.");
        return 3;
    }
}
