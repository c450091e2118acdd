using Feedback.Api.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Satisfaction;

[Collection(OneSite.Name)]
public sealed class PeriodTests(RunningSite site)
{
    [Fact]
    public async Task From_is_inclusive_and_to_exclusive_at_the_local_midnight()
    {
        var hall = await site.NewHallAsync();
        var day = Some.Day(10);
        await site.Client.PushAsync(Some.Array(
        [
            Some.Evaluation(hall.Window, 1, occurredAt: $"{day.AddDays(-1):yyyy-MM-dd}T23:59:59.999+08:00"),
            Some.Evaluation(hall.Window, 2, occurredAt: $"{day:yyyy-MM-dd}T00:00:00.000+08:00"),
            Some.Evaluation(hall.Window, 3, occurredAt: $"{day:yyyy-MM-dd}T15:59:59.999Z"),
            Some.Evaluation(hall.Window, 4, occurredAt: $"{day:yyyy-MM-dd}T16:00:00Z"),
        ]));

        Assert.Equal("""{"active":{"3":1,"2":1}}""", await GradesAsync(hall.Window, day, day.AddDays(1)));
        Assert.Equal("""{"active":{"1":1}}""", await GradesAsync(hall.Window, day.AddDays(-1), day));
        Assert.Equal("""{"active":{"4":1}}""", await GradesAsync(hall.Window, day.AddDays(1), day.AddDays(2)));
        await Wait.UntilAsync("the hall has the same days", async () => await GradesAsync(hall.Id, day, day.AddDays(1)) == """{"active":{"3":1,"2":1}}""");
    }

    [Theory]
    [InlineData("day", "2026-02-27", "2026-03-02", "2026-02-27 2026-02-28 2026-03-01")]
    [InlineData("week", "2025-12-28", "2026-01-06", "2025-W52 2026-W01 2026-W02")]
    [InlineData("month", "2025-12-31", "2026-02-02", "2025-12 2026-01 2026-02")]
    [InlineData("quarter", "2025-12-31", "2026-04-02", "2025-Q4 2026-Q1 2026-Q2")]
    [InlineData("year", "2025-12-31", "2027-01-02", "2025 2026 2027")]
    [InlineData("total", "2025-12-31", "2027-01-02", "total")]
    public async Task A_period_is_cut_as_asked_and_the_ends_are_clipped(string by, string from, string to, string labels)
    {
        var hall = await site.NewHallAsync();

        var report = await site.Client.ReportAsync(hall.Id, by, Day(from), Day(to));

        var slices = report["slices"]!.AsArray();
        Assert.Equal(labels, string.Join(' ', slices.Select(slice => (string?)slice!["period"])));
        Assert.Equal((from, to), ((string?)slices[0]!["from"], (string?)slices[^1]!["to"]));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal((string?)pair.First!["to"], (string?)pair.Second!["from"]));
    }

    [Fact]
    public async Task By_hour_sums_the_local_hours_of_all_days()
    {
        var hall = await site.NewHallAsync();
        await site.CountSilenceAsync(hall.Id, grade: 4);
        await site.Client.PushAsync(Some.Array(
        [
            Some.Evaluation(hall.Window, 5, occurredAt: $"{Some.Day(3):yyyy-MM-dd}T09:59:59+08:00"),
            Some.Evaluation(hall.Window, 1, occurredAt: $"{Some.Day(2):yyyy-MM-dd}T01:00:00Z"),
            Some.Evaluation(hall.Window, 4, occurredAt: $"{Some.Day(2):yyyy-MM-dd}T23:30:00+08:00"),
            Some.Evaluation(hall.Window, 4, "default", $"{Some.Day(2):yyyy-MM-dd}T23:30:00+08:00"),
        ]));

        var report = await site.Client.ReportAsync(hall.Window, "hour");

        var slices = report["slices"]!.AsArray();
        Assert.Equal(25, slices.Count);
        var told = slices.Where(slice => slice!["grades"]!.AsObject().Count > 0).Select(slice => $"{slice!["period"]} {slice["grades"]!.ToJsonString()}");
        Assert.Equal(["""09 {"active":{"5":1,"1":1}}""", """23 {"active":{"4":1}}"""], told);
    }

    [Fact]
    public async Task Every_cut_sums_to_the_total()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Array(Enumerable.Range(0, 80).Select(i =>
            Some.Evaluation(hall.Window, 1 + (i % 5), occurredAt: Some.Time(TimeSpan.FromDays(i))))));

        foreach (var by in new[] { "hour", "day", "week", "month", "quarter", "year", "total" })
        {
            var slices = (await site.Client.ReportAsync(hall.Window, by))["slices"]!.AsArray();
            Assert.Equal((by, 80, 48), (by, slices.Sum(slice => (int)slice!["rate"]!["denominator"]!), slices.Sum(slice => (int)slice!["rate"]!["numerator"]!)));
        }
    }

    [Fact]
    public async Task Children_are_told_apart_when_asked_for()
    {
        var hall = await site.NewHallAsync(windows: 3);
        await site.Client.PushAsync(Some.Array([Some.Evaluation(hall.Windows[0]), Some.Evaluation(hall.Windows[2], 1)]));
        await Wait.UntilAsync("the hall counts two", async () => await site.Client.CountAsync(hall.Id) == 2);

        var report = await site.Client.ReportAsync(hall.Path, children: true);

        Assert.Equal(hall.Id, (string?)report["node"]!["id"]);
        var told = report["children"]!.AsArray().Select(child => $"{child!["node"]!["id"]} {child["slices"]![0]!["grades"]!.ToJsonString()}");
        Assert.Equal([hall.Windows[0] + """ {"active":{"5":1}}""", hall.Windows[2] + """ {"active":{"1":1}}"""], told.Where(one => one.Contains("active", StringComparison.Ordinal)));
        Assert.Null((await site.Client.ReportAsync(hall.Id))["children"]);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> GradesAsync(string node, DateOnly from, DateOnly to) =>
        (await site.Client.ReportAsync(node, from: from, to: to))["slices"]![0]!["grades"]!.ToJsonString();
}
