using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Feedback.Api;
using Feedback.Grains.Audit;
using Feedback.Grains.Registers;
using Feedback.Seeds.Registers;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>import organisation|service-items|staff</c>: takes a register from a spreadsheet, all of it or nothing.</summary>
internal static class RegisterCommand
{
    private static readonly UTF8Encoding ForSpreadsheets = new(encoderShouldEmitUTF8Identifier: true);

    public static IEnumerable<Command> All() =>
    [
        Create("organisation", RegisterKind.Organisation,
            "Takes the organisation from a spreadsheet. Headings: 层级 Level, 上级编号 Parent, 编号 Code, 名称 Name, and if you like 英文名称 English name, 时区 Time zone, 开放时间 Opening hours."
            + " An entry is known again by its code below its parent: another name is a renaming from today on, another parent a move from tomorrow on. Entries that the file does not name stay as they are."),
        Create("service-items", RegisterKind.ServiceItems,
            "Takes the service items from a spreadsheet. Headings: 编号 Code, 名称 Name, and if you like 英文名称 English name, 是否评价 Rated (是/否, yes/no)."),
        Create("staff", RegisterKind.Staff,
            "Takes the staff register from a spreadsheet. Headings: 工号 Staff code, 姓名 Name. Names are stored encrypted."),
    ];

    private static Command Create(string name, RegisterKind kind, string description)
    {
        var (data, postgres, json) = (Sites.Data(), Sites.Postgres(), Sites.Json());
        var file = new Argument<FileInfo?>("file") { Description = "The .xlsx, or .csv in UTF-8 or GB18030.", Arity = ArgumentArity.ZeroOrOne };
        var template = new Option<string?>("--template") { Description = "Writes a workbook to fill in, with an example and notes, and does nothing else.", HelpName = "FILE.xlsx" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tells what would change, and stores nothing." };
        var errors = new Option<string?>("--errors") { Description = "Where rows that cannot be taken are written, with what to mend.", HelpName = "FILE.csv" };
        var lang = new Option<string?>("--lang") { Description = "The language of errors and template: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command(name, description + " All rows are taken, or none. The server must not run.")
        {
            file, template, dryRun, errors, lang, data, postgres, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var culture = CultureOf(parsed.GetValue(lang));
            if (parsed.GetValue(template) is { } target)
            {
                await WriteTemplateAsync(target, kind, culture, cancellation);
                return 0;
            }

            var table = parsed.GetValue(file) ?? throw new UsageException($"Which file? 'feedback import {name} --template FILE.xlsx' writes one to fill in.");
            var outcome = await ImportAsync(Sites.Open(parsed, data, postgres), kind, table, parsed.GetValue(dryRun), culture, cancellation);
            if (parsed.GetValue(errors) is { } rejected)
                await WriteErrorsAsync(rejected, outcome);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(outcome, ApiJson.Options));
            else
                RegisterReport.Print(outcome, parsed.GetValue(dryRun), culture, Console.Out);
            return outcome.Errors.Count == 0 ? 0 : 3;
        }));
        return command;
    }

    private static async Task<RegisterOutcome> ImportAsync(
        Site site, RegisterKind kind, FileInfo file, bool dryRun, CultureInfo culture, CancellationToken cancellation)
    {
        if (file.Exists && file.Length > RegisterImport.LargestFile)
            throw new UsageException($"{file.Name} has more than {RegisterImport.LargestFile >> 20} MB.");
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellation);
        using var held = site.Data.Lock();
        using var use = await site.ShareAsync("import", cancellation);
        using var host = VerbHost.BuildStorage(site);
        await host.StartAsync(cancellation);
        var outcome = await ActivatorUtilities.CreateInstance<RegisterImport>(host.Services).ImportAsync(
            host.Services.GetRequiredService<IAudit>(), Acts.Verb, address: null, kind, bytes, dryRun, culture);
        await host.StopAsync(cancellation);
        return outcome;
    }

    private static async Task WriteTemplateAsync(string target, RegisterKind kind, CultureInfo culture, CancellationToken cancellation)
    {
        if (File.Exists(target))
            throw new UsageException($"{target} is there already, and may be filled in. Name another file.");
        await File.WriteAllBytesAsync(target, RegisterImport.TemplateOf(kind, culture), cancellation);
        Console.WriteLine(target);
    }

    private static async Task WriteErrorsAsync(string rejected, RegisterOutcome outcome)
    {
        if (outcome.Errors.Count == 0)
        {
            File.Delete(rejected);
            return;
        }

        await using var to = new StreamWriter(rejected, append: false, ForSpreadsheets);
        await RegisterReport.WriteErrorsAsync(outcome.Errors, to);
    }

    /// <summary>The language asked for; that of the terminal for null.</summary>
    public static CultureInfo CultureOf(string? lang) => lang switch
    {
        "zh" => CultureInfo.GetCultureInfo("zh-CN"),
        "en" => CultureInfo.GetCultureInfo("en"),
        _ => CultureInfo.CurrentUICulture,
    };
}
