using System.Globalization;
using Feedback.Analytics.Cases;
using Feedback.Domain.Cases;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Tests.Registers;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Seeds.Tests.Import.Cases;

/// <summary>Five days of a city's service requests, as they are. What is expected is read from the raw file apart from the product's code.</summary>
public sealed class ServiceRequestTests(ITestOutputHelper output)
{
    private const string FileName = "myla311-2017-12.csv";
    private readonly CaseTrial _trial = new();

    private async Task<CaseFile> ReadAsync() => await _trial.ReadTextAsync(
        await File.ReadAllTextAsync(SharedFileFactAttribute.PathOf(FileName)!), mapping: CaseMapping.BuiltIn("myla311")!);

    [SharedFileFact(FileName)]
    public async Task The_file_goes_in_as_it_is_and_a_second_time_changes_nothing()
    {
        var file = await ReadAsync();
        Assert.Empty(file.Errors);
        Assert.Equal((9_999L, 12), (file.Rows, file.Categories.Length));
        // The city, 15 districts, 139 pairs of a district and a council in it, and 5 departments.
        Assert.Equal(1 + 15 + 139 + 5, await _trial.OpenUnitsAsync(file));

        var first = await _trial.ImportAsync(file);
        var second = await _trial.ImportAsync(file);

        Assert.Equal((9_999, 9_999, 9_994, 0), (first.Cases, first.Opened, first.Closed, first.Repeated));
        Assert.Equal((0, 0, 9_999), (second.Opened, second.Closed, second.Repeated));
        Assert.Empty(first.Refused);
        Assert.Equal(9_999 + 9_994, _trial.Store.Events);
        Assert.Equal(9_999, _trial.Store.All.Select(one => one.Intake.Number).Distinct().Count());
        Assert.Equal(5, _trial.Store.All.Count(one => one.Stage == CaseStage.Registered));
    }

    [SharedFileFact(FileName)]
    public async Task Median_and_90th_percentile_of_each_request_type_equal_a_plain_computation_over_the_file()
    {
        var file = await ReadAsync();
        await _trial.OpenUnitsAsync(file);
        await _trial.ImportAsync(file);

        var spans = _trial.Store.All.Select(one => new CaseSpan(one.Category!, one.Opened!.Stamp.At, one.Closing?.Stamp.At)).ToList();
        var names = file.Categories.ToDictionary(category => category.Code, category => category.En);
        var times = ClosingTime.ByCategory(spans);

        Assert.Equal(
            Plain().Select(type => (type.Key.ToLowerInvariant().Replace(" ", "-").Replace("/", "-"), type.Value)).OrderBy(type => type.Item1, StringComparer.Ordinal),
            times.Select(time => (time.Category!, (time.Opened, time.Closed, time.Median, time.Ninetieth))).OrderBy(time => time.Item1, StringComparer.Ordinal));
        foreach (var time in times.Append(ClosingTime.OfAll(spans)))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.Opened,6} {time.Closed,6} {time.Median,16} {time.Ninetieth,16}  {(time.Category is { } code ? names[code] : "all")}"));
    }

    [SharedFileFact(FileName)]
    public async Task The_register_opens_the_districts_councils_and_departments()
    {
        var file = await ReadAsync();
        await _trial.OpenUnitsAsync(file, RegisterTrial.Chinese);

        var council = _trial.Tree.Find("los-angeles/cd-13/nc-44")!;
        Assert.Equal(("GREATER ECHO PARK ELYSIAN NC", "America/Los_Angeles"), (council.Name.En, council.Zone.Id));
        Assert.Equal("市议会第 13 选区", _trial.Tree.Find("los-angeles/cd-13")!.Name.Zh);
        Assert.Equal("Bureau of Street Lighting", _trial.Tree.Find("los-angeles/bsl")!.Name.En);
    }

    // The plain computation: split at commas outside quotation marks, subtract local times of one zone and season each, sort, and take
    // the value at place ⌈n/2⌉ and ⌈9n/10⌉. A closing written as midnight of the day of opening tells the day only and counts as no time.
    private static Dictionary<string, (long Opened, long Closed, TimeSpan? Median, TimeSpan? Ninetieth)> Plain()
    {
        var lines = File.ReadAllLines(SharedFileFactAttribute.PathOf(FileName)!);
        var header = lines[0].Split(',');
        var took = new Dictionary<string, List<TimeSpan?>>();
        foreach (var line in lines.Skip(1))
        {
            var cells = string.Concat(line.Split('"').Select((part, at) => at % 2 == 0 ? part : part.Replace(',', ' '))).Split(',');
            string Cell(string name) => cells[Array.IndexOf(header, name)];
            if (!took.TryGetValue(Cell("RequestType"), out var list))
                took[Cell("RequestType")] = list = [];
            list.Add(Cell("ClosedDate").Length == 0 ? null : Max(TimeSpan.Zero, Utc(Cell("ClosedDate")) - Utc(Cell("CreatedDate"))));
        }

        return took.ToDictionary(type => type.Key, type =>
        {
            var sorted = type.Value.OfType<TimeSpan>().Order().ToArray();
            var n = sorted.Length;
            return n == 0 ? (type.Value.Count, 0, null, null) : ((long)type.Value.Count, (long)n, (TimeSpan?)sorted[((n + 1) / 2) - 1], (TimeSpan?)sorted[(((9 * n) + 9) / 10) - 1]);
        });

        static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
        // Winter time is 8 hours behind UTC; in 2018 summer time, 7 hours behind, began on 11 March at 02:00.
        static DateTime Utc(string text)
        {
            var local = DateTime.ParseExact(text, "MM/dd/yyyy hh:mm:ss tt", CultureInfo.InvariantCulture);
            return local.AddHours(local >= new DateTime(2018, 3, 11, 3, 0, 0) && local < new DateTime(2018, 11, 4) ? 7 : 8);
        }
    }
}
