using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Feedback.Api;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Orders;
using Feedback.Seeds.Registers;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>import orders</c>: sends a list of the city's orders to the service that runs, as the city's own system would. A list with a row
/// that cannot be taken is not sent at all; the same list again opens nothing twice.
/// </summary>
internal static class OrderImportCommand
{
    /// <summary>The variable with the token, where no file is named.</summary>
    internal const string TokenVariable = "FEEDBACK_ORDERS_TOKEN";

    private const int MostErrors = 20;
    private static readonly UTF8Encoding ForSpreadsheets = new(encoderShouldEmitUTF8Identifier: true);

    public static Command Create()
    {
        var json = Sites.Json();
        var file = new Argument<FileInfo>("file") { Description = "The CSV file, in UTF-8 or GB18030." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one such as 12345.", Required = true, HelpName = "FILE" };
        var url = new Option<string>("--url") { Description = "The address of the service.", DefaultValueFactory = _ => WebSetup.DefaultUrls, HelpName = "URL" };
        var token = new Option<FileInfo?>("--token-file") { Description = $"A file with a token for send-orders; ${TokenVariable} when left out.", HelpName = "FILE" };
        var errors = new Option<string?>("--errors") { Description = "Where rows that cannot be taken are written, with what to mend.", HelpName = "FILE.csv" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tells what is wrong with the list, and sends nothing." };
        var lang = new Option<string?>("--lang") { Description = "The language of errors: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("orders", "Sends a list of the city hotline's orders to the service, which must run. A list with errors is not sent; an order that is there already stays as it is.")
        {
            file, mapping, url, token, errors, dryRun, lang, json,
        };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var culture = RegisterCommand.CultureOf(parsed.GetValue(lang));
            var read = await OrderFile.ReadAsync(
                await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellation), await MappingAsync(parsed.GetValue(mapping)!, cancellation), RealClock.Instance, culture, cancellation);
            if (read.Errors.Count > 0)
                return await RefuseAsync(read.Errors, read.Rows, parsed.GetValue(errors));
            if (parsed.GetValue(dryRun))
            {
                Console.WriteLine(Plain($"{read.Rows:N0} orders can be taken; nothing was sent."));
                return 0;
            }

            using var service = new OrderService(AddressOf(parsed.GetValue(url)!), await TokenAsync(parsed.GetValue(token), TokenVariable, cancellation), culture);
            var sent = await service.SendAsync(read.Orders, cancellation);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { read.Rows, sent.Opened, sent.Repeated, Refused = sent.Refused.Select(one => new { one.Row, one.Value, one.Problem }) }, ApiJson.Options));
            else
                Console.WriteLine(Plain($"{read.Rows:N0} orders: {sent.Opened:N0} opened, {sent.Repeated:N0} there already, {sent.Refused.Length:N0} refused"));
            return sent.Refused.IsEmpty ? 0 : await TellRefusedAsync(sent.Refused, parsed.GetValue(errors), parsed.GetValue(json));
        }));
        return command;
    }

    /// <summary>Tells what is wrong with a list.</summary>
    internal static async Task<int> RefuseAsync(IReadOnlyList<RowError> found, long rows, string? rejected)
    {
        foreach (var error in found.Take(MostErrors))
            Console.WriteLine($"{error.Row}{(error.Column is null ? "" : ", " + error.Column)}: {error.Problem} {error.Mend}");
        Console.WriteLine(Plain($"{found.Count:N0} errors in {rows:N0} rows; nothing was sent."));
        await WriteAsync(found, rejected);
        return 3;
    }

    private static async Task<int> TellRefusedAsync(IReadOnlyList<RowError> refused, string? rejected, bool json)
    {
        foreach (var error in json ? [] : refused.Take(MostErrors))
            Console.WriteLine($"{error.Row}, {error.Value}: {error.Problem}");
        await WriteAsync(refused, rejected);
        return 3;
    }

    private static async Task WriteAsync(IReadOnlyList<RowError> errors, string? file)
    {
        if (file is null)
            return;
        await using var to = new StreamWriter(file, append: false, ForSpreadsheets);
        await RegisterReport.WriteErrorsAsync(errors, to);
    }

    private static async Task<OrderMapping> MappingAsync(string fileOrName, CancellationToken cancellation) =>
        OrderMapping.BuiltIn(fileOrName)
        ?? (File.Exists(fileOrName)
            ? OrderMapping.Parse(await File.ReadAllTextAsync(fileOrName, cancellation))
            : throw new UsageException($"There is no mapping file '{fileOrName}', nor a built-in mapping of that name."));

    /// <summary>The token of a file, or of a variable of the environment.</summary>
    internal static async Task<string> TokenAsync(FileInfo? file, string variable, CancellationToken cancellation) =>
        (file is not null ? (await File.ReadAllTextAsync(file.FullName, cancellation)).Trim() : Environment.GetEnvironmentVariable(variable)) is { Length: > 0 } token ? token
        : throw new UsageException($"There is no token: set ${variable}, or name a file that holds one with --token-file.");

    /// <summary>The address of a service.</summary>
    internal static Uri AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new UsageException($"'{url}' is no address of a service; it looks like {WebSetup.DefaultUrls}.");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
