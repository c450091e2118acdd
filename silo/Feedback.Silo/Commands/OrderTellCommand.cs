using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Feedback.Api;
using Feedback.Seeds.Import.Orders;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>orders tell</c>: sends the city's own list of a month's orders with its results to the service that runs, to stand beside ours there.</summary>
internal static class OrderTellCommand
{
    public static Command Create()
    {
        var json = Sites.Json();
        var file = new Argument<FileInfo>("file") { Description = "The city's list with its results: CSV, in UTF-8 or GB18030." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one.", DefaultValueFactory = _ => "12345-results", HelpName = "FILE" };
        var node = new Option<string>("--node") { Description = "The id of the node whose orders they are, with everything below it.", Required = true, HelpName = "NODE" };
        var month = new Option<string>("--month") { Description = "The month in which they were received, such as 2026-01.", Required = true, HelpName = "MONTH" };
        var url = new Option<string>("--url") { Description = "The address of the service.", DefaultValueFactory = _ => WebSetup.DefaultUrls, HelpName = "URL" };
        var token = new Option<FileInfo?>("--token-file") { Description = $"A file with a token for send-orders; ${OrderImportCommand.TokenVariable} when left out.", HelpName = "FILE" };
        var lang = new Option<string?>("--lang") { Description = "The language of errors: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var tell = new Command("tell", "Sends the city's own list of a month's orders and their results to the service, which must run. It replaces what was told of the month before; a list with errors is not sent.")
        {
            file, mapping, node, month, url, token, lang, json,
        };
        tell.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var culture = RegisterCommand.CultureOf(parsed.GetValue(lang));
            var read = await ResultFile.ReadAsync(
                await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellation), await OrderCompareCommand.MappingAsync(parsed.GetValue(mapping)!, cancellation), culture, cancellation);
            if (read.Errors.Count > 0)
                return await OrderImportCommand.RefuseAsync(read.Errors, read.Results.Count + read.Errors.Count, null);
            using var service = new OrderService(OrderImportCommand.AddressOf(parsed.GetValue(url)!), await OrderImportCommand.TokenAsync(parsed.GetValue(token), OrderImportCommand.TokenVariable, cancellation), culture);
            var told = await service.TellAsync(parsed.GetValue(node)!, parsed.GetValue(month)!, read.Results, cancellation);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(told, ApiJson.Options)
                : string.Create(CultureInfo.InvariantCulture, $"{told.Orders:N0} orders of {told.Month} are told; telling no. {told.Version} of the month."));
            return 0;
        }));
        return tell;
    }
}
