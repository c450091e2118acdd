using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Feedback.Analytics.Cases;
using Feedback.Analytics.Rates;
using Feedback.Api;
using Feedback.Grains.Hotline;
using Feedback.Seeds.Import.Orders;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>orders compare</c>: the city's own list of orders with its results beside ours; nothing is stored, and the server may run.</summary>
internal static class OrderCompareCommand
{
    private const int MostTold = 20;
    private static readonly UTF8Encoding ForSpreadsheets = new(encoderShouldEmitUTF8Identifier: true);

    public static Command Create()
    {
        var (data, postgres, json) = (Sites.Data(), Sites.Postgres(), Sites.Json());
        var file = new Argument<FileInfo>("file") { Description = "The city's list with its results: CSV, in UTF-8 or GB18030." };
        var mapping = new Option<string>("--mapping") { Description = "The mapping file (JSON), or the name of a built-in one.", DefaultValueFactory = _ => "12345-results", HelpName = "FILE" };
        var from = new Option<DateOnly?>("--from") { Description = "Of ours, only orders received on or after this local day.", HelpName = "DAY" };
        var to = new Option<DateOnly?>("--to") { Description = "Of ours, only orders received before this local day.", HelpName = "DAY" };
        var output = new Option<string?>("--output") { Description = "Where everything that differs is written.", HelpName = "FILE.csv" };
        var lang = new Option<string?>("--lang") { Description = "The language of errors: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var compare = new Command("compare", "Compares the city's own list of orders and their results with ours: orders that only one side has, and results that differ.")
        {
            file, mapping, from, to, output, lang, data, postgres, json,
        };
        compare.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var read = await ResultFile.ReadAsync(
                await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellation), await MappingAsync(parsed.GetValue(mapping)!, cancellation),
                RegisterCommand.CultureOf(parsed.GetValue(lang)), cancellation);
            if (read.Errors.Count > 0)
                return await OrderImportCommand.RefuseAsync(read.Errors, read.Results.Count + read.Errors.Count, null);
            using var host = VerbHost.BuildStorage(Sites.OpenExisting(parsed, data, postgres));
            var ours = await host.Services.GetRequiredService<HotlineOrders>().ReadAsync(
                null, parsed.GetValue(from) ?? DateOnly.MinValue, parsed.GetValue(to) ?? DateOnly.MaxValue, cancellation: cancellation);
            var comparison = OrderComparison.Of(read.Results, ours);
            Print(comparison, read.Results.Count, ours.Count, parsed.GetValue(json));
            if (parsed.GetValue(output) is { } target)
                await WriteAsync(comparison, target);
            return comparison.Differences.IsEmpty ? 0 : 3;
        }));
        return new Command("orders", "Orders of the city's hotline.") { compare, OrderTellCommand.Create() };
    }

    /// <summary>The mapping of a file of results, or the built-in one of that name.</summary>
    internal static async Task<ResultMapping> MappingAsync(string fileOrName, CancellationToken cancellation) =>
        ResultMapping.BuiltIn(fileOrName)
        ?? (File.Exists(fileOrName)
            ? ResultMapping.Parse(await File.ReadAllTextAsync(fileOrName, cancellation))
            : throw new UsageException($"There is no mapping file '{fileOrName}', nor a built-in mapping of that name."));

    private static void Print(OrderComparison comparison, int theirs, int ours, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Theirs = theirs,
                    Ours = ours,
                    comparison.Both,
                    Results = comparison.Results.Select(one => new { one.Word, Theirs = Counts(one.Theirs), Ours = Counts(one.Ours), one.Differing }),
                    comparison.Differences,
                },
                ApiJson.Options));
            return;
        }

        Console.WriteLine(Plain($"{theirs:N0} orders of the city, {ours:N0} of ours, {comparison.Both:N0} of both"));
        Console.WriteLine("                                theirs                      ours   differing");
        foreach (var result in comparison.Results)
            Console.WriteLine(Plain($"{result.Word,-18}{Text(result.Theirs),20}{Text(result.Ours),26}{result.Differing,12:N0}"));
        foreach (var difference in comparison.Differences.Take(MostTold))
            Console.WriteLine($"{difference.Number}: {difference.What}{(difference.Theirs is null ? "" : $", theirs {Word(difference.Theirs)}, ours {Word(difference.Ours)}")}");
        if (comparison.Differences.Length > MostTold)
            Console.WriteLine(Plain($"… {comparison.Differences.Length - MostTold:N0} more; --output FILE.csv writes all."));
    }

    private static async Task WriteAsync(OrderComparison comparison, string file)
    {
        await using var to = new StreamWriter(file, append: false, ForSpreadsheets);
        await to.WriteLineAsync("number,what,theirs,ours");
        // A number has no letter that a spreadsheet would compute, but for a hyphen at its beginning.
        foreach (var one in comparison.Differences)
            await to.WriteLineAsync($"{(one.Number.StartsWith('-') ? "'" : "")}{one.Number},{one.What},{Word(one.Theirs)},{Word(one.Ours)}");
    }

    private static object Counts(Proportion share) => new { Yes = share.Successes, Of = share.Trials, share.Value };

    private static string Text(Proportion share) => share.Value is { } value ? Plain($"{share.Successes:N0} of {share.Trials:N0} {value,8:P1}") : "–";

    private static string Word(bool? yes) => yes switch { true => "yes", false => "no", null => "" };

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
