using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Seeds.Import.Matters;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>import matters</c>: sends the nightly list of service matters to the service that runs. A list with a row that cannot be taken is not
/// stored at all; the same list again changes nothing, and a later one moves its matters on.
/// </summary>
internal static class MatterImportCommand
{
    private const string TokenVariable = "FEEDBACK_MATTERS_TOKEN";

    public static Command Create()
    {
        var json = Sites.Json();
        var file = new Argument<FileInfo>("file") { Description = "The CSV file, in UTF-8 or GB18030." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one such as matters.", Required = true, HelpName = "FILE" };
        var url = new Option<string>("--url") { Description = "The address of the service.", DefaultValueFactory = _ => WebSetup.DefaultUrls, HelpName = "URL" };
        var token = new Option<FileInfo?>("--token-file") { Description = $"A file with a token for file-cases; ${TokenVariable} when left out.", HelpName = "FILE" };
        var errors = new Option<string?>("--errors") { Description = "Where rows that cannot be taken are written, with what to mend.", HelpName = "FILE.csv" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tells what is wrong with the list, also to the service, and stores nothing." };
        var lang = new Option<string?>("--lang") { Description = "The language of errors: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("matters", "Sends a nightly list of service matters to the service, which must run. All rows are taken, or none; the same list again changes nothing, a later one moves matters on.")
        {
            file, mapping, url, token, errors, dryRun, lang, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var culture = RegisterCommand.CultureOf(parsed.GetValue(lang));
            var read = await MatterFile.ReadAsync(
                await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellation), await MappingAsync(parsed.GetValue(mapping)!, cancellation), RealClock.Instance, culture, cancellation);
            if (read.Errors.Count > 0)
                return await OrderImportCommand.RefuseAsync(read.Errors, read.Rows, parsed.GetValue(errors));
            using var service = new MatterService(
                OrderImportCommand.AddressOf(parsed.GetValue(url)!), await OrderImportCommand.TokenAsync(parsed.GetValue(token), TokenVariable, cancellation), culture);
            // Every batch is checked before the first one is stored.
            var wrong = (await service.SendAsync(read, check: true, cancellation)).Refused;
            if (!wrong.IsEmpty)
                return await OrderImportCommand.RefuseAsync(wrong, read.Rows, parsed.GetValue(errors));
            if (parsed.GetValue(dryRun))
            {
                Console.WriteLine(Plain($"{read.Rows:N0} matters can be taken; nothing was sent."));
                return 0;
            }

            var sent = await service.SendAsync(read, check: false, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { read.Rows, sent.Accepted, sent.Moved, sent.Unchanged, Refused = sent.Refused.Select(one => new { one.Row, one.Value, one.Problem }) }, ApiJson.Options));
            else
                Console.WriteLine(Plain($"{read.Rows:N0} matters: {sent.Accepted:N0} accepted, {sent.Moved:N0} moved on, {sent.Unchanged:N0} as they were, {sent.Refused.Length:N0} refused"));
            foreach (var error in sent.Refused)
                await Console.Error.WriteLineAsync(Plain($"{error.Row}, {error.Value}: {error.Problem} {error.Mend}"));
            return sent.Refused.IsEmpty ? 0 : 3;
        }));
        return command;
    }

    private static async Task<MatterMapping> MappingAsync(string fileOrName, CancellationToken cancellation) =>
        MatterMapping.BuiltIn(fileOrName)
        ?? (File.Exists(fileOrName)
            ? MatterMapping.Parse(await File.ReadAllTextAsync(fileOrName, cancellation))
            : throw new UsageException($"There is no mapping file '{fileOrName}', nor a built-in mapping of that name."));

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
