using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Demo.Cases;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>The demo's history: what the service counts is what the plan adds up to, on both databases and after a kill.</summary>
public sealed class HistoryTests
{
    private const int Days = 25;
    private const string Since = "History since ";
    private static readonly string[] Demo = ["--no-simulation", "--history", "25", "--seed", "7"];

    [Fact]
    public async Task A_history_counts_what_was_planned_on_SQLite()
    {
        using var data = DemoData.Empty();

        await AssertCountsAsync(data, () => StoredEvents.OfFile(data["journal.db"]));
    }

    [Fact]
    public async Task A_history_counts_what_was_planned_on_PostgreSQL()
    {
        var connection = await (await PrivatePostgres.Shared).CreateDatabaseAsync();
        using var data = DemoData.Empty(connection);

        await AssertCountsAsync(data, () => StoredEvents.OfPostgres(connection));
    }

    [Fact]
    public async Task A_start_that_was_killed_is_carried_on_and_nothing_is_counted_twice()
    {
        using var data = DemoData.Empty();
        await using (var killed = FeedbackProcess.Begin(["demo", "--urls", "http://127.0.0.1:0", .. data.Options, .. Demo]))
        {
            await Wait.UntilAsync("a part is written", async () => File.Exists(data["journal.db"]) && await ImportedAsync(StoredEvents.OfFile(data["journal.db"])) > 0);
            await killed.KillAsync();
        }

        var before = await ImportedAsync(StoredEvents.OfFile(data["journal.db"]));
        await AssertCountsAsync(data, () => StoredEvents.OfFile(data["journal.db"]));

        Assert.InRange(before, 1, await ImportedAsync(StoredEvents.OfFile(data["journal.db"])));
    }

    private static async Task AssertCountsAsync(DemoData data, Func<DbConnection> journal)
    {
        await using (var demo = await data.StartAsync("demo", Demo))
        {
            using var client = new DemoClient(data, demo.Url);
            await Wait.UntilAsync("all is counted", async () => await MattersAsync(client, data, await PlanAsync(demo, client, journal)) > 0);
            var plan = await PlanAsync(demo, client, journal);
            var report = await FiguresAsync(client, data.District, plan);
            AssertAre(Planned(plan, _ => true), report);
            foreach (var child in report["children"]!.AsArray())
            {
                var windows = (await WindowsOfAsync(client, (string)child!["node"]!["id"]!)).ToHashSet();
                AssertAre(Planned(plan, windows.Contains), child);
            }

            var (site, began) = await SiteAsync(client, journal);
            await AssertCasesAsync(new CasePlan(site, 7, began, plan.From), journal);
            Assert.Empty(demo.Failures);
            Assert.Equal(0, (await demo.StopAsync()).Code);
        }

        var cases = await CasesAsync(journal);
        var stored = await ImportedAsync(journal());
        await using (var again = await data.StartAsync("demo", Demo))
        {
            // Hours that passed since may have brought a visit more; of what was there nothing is written again.
            Assert.InRange(await ImportedAsync(journal()) - stored, 0, 40);
            Assert.Equal(0, (await again.StopAsync()).Code);
        }

        Assert.Equal(cases, await CasesAsync(journal));

        var (code, verified) = await data.VerifyAsync();
        Assert.Equal((0, 0), (code, verified["findings"]!.AsArray().Count));

        Assert.Equal(0, (await FeedbackProcess.RunAsync(["rebuild", .. data.Options])).Code);
        Assert.Equal(cases, await CasesAsync(journal));
        Assert.Equal(0, (await data.VerifyAsync()).Code);

        var other = await FeedbackProcess.RunAsync(["demo", "--urls", "http://127.0.0.1:0", .. data.Options, "--seed", "8", "--history", "5"]);
        Assert.Equal(1, other.Code);
        Assert.Contains("seed 7", other.Errors, StringComparison.Ordinal);
    }

    // The plan as the demo made it: its story begins with the day on which the organisation was set up. Midnight may have
    // passed since, so it says itself where its history begins.
    private static async Task<HistoryPlan> PlanAsync(FeedbackProcess demo, DemoClient client, Func<DbConnection> journal)
    {
        var (site, began) = await SiteAsync(client, journal);
        var told = demo.Output[(demo.Output.IndexOf(Since, StringComparison.Ordinal) + Since.Length)..][..10];
        var today = DateOnly.ParseExact(told, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(Days);
        return new HistoryPlan(site, 7, began, Days, new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.FromHours(8)));
    }

    private static async Task<(DemoSite Site, DateOnly Began)> SiteAsync(DemoClient client, Func<DbConnection> journal)
    {
        var nodes = (await client.GetAsync("/api/v1/nodes"))["nodes"]!.AsArray().ToDictionary(node => (string)node!["path"]!, node => new NodeId((string)node!["id"]!));
        var began = DateTimeOffset.FromUnixTimeMilliseconds(await StoredEvents.ScalarAsync(
            journal(), "select min(j.at) from journal j join streams s on s.id = j.stream where s.name = 'org'")).ToOffset(TimeSpan.FromHours(8));
        return (DemoSite.At(path => nodes.TryGetValue(path, out var id) ? id : null)!, DateOnly.FromDateTime(began.Date));
    }

    // Where cases stand does not change with time alone; only what is late grows.
    private static async Task AssertCasesAsync(CasePlan plan, Func<DbConnection> journal)
    {
        Assert.True(plan.Totals.All > 100, $"{plan.Totals.All} are few.");
        Assert.Equal(plan.Totals.Cases.Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal), await CasesAsync(journal));
        var boxes = await StoredEvents.ScalarAsync(journal(), "select coalesce(sum(j.count), 0) from journal j join streams s on s.id = j.stream where s.name like 'box:%'");
        Assert.Equal(plan.Totals.Openings, boxes);
        Assert.Equal(0, await StoredEvents.ScalarAsync(journal(), "select count(*) from due d join cases c on d.key = 'clock:' || c.id where c.stage = 'closed'"));
        Assert.True(await StoredEvents.ScalarAsync(journal(), "select count(*) from due d join cases c on d.key = 'clock:' || c.id where c.stage <> 'closed'") > 5);
    }

    private static async Task<IEnumerable<string>> CasesAsync(Func<DbConnection> journal) => (await StoredEvents.TextAsync(
        journal(), "select string_agg(line, ',') from (select kind || ' ' || stage || ' ' || count(*) as line from cases group by kind, stage) as lines"))
        .Split(',').Order(StringComparer.Ordinal).ToList();

    // Today is left out: of it more hours are over by now.
    private static HistoryTotals Planned(HistoryPlan plan, Predicate<string> window) => HistoryTotals.Of(
        plan.Claims.Where(one => window(one.Window.Id.Value)).SelectMany(one => one.Claims).Where(claim => DayOf(claim) < plan.Today));

    private static DateOnly DayOf(WindowClaim claim) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(claim.Time.UtcMilliseconds).ToOffset(TimeSpan.FromHours(8)).Date);

    private static void AssertAre(HistoryTotals planned, JsonNode counted)
    {
        var slice = counted["slices"]![0]!;
        Assert.True(planned.Evaluations > 500, $"{planned.Evaluations} are few.");
        Assert.Equal(
            planned.Grades.Select(one => $"{one.Key}: {one.Value}"),
            slice["grades"]!.AsObject().SelectMany(origin => origin.Value!.AsObject().Select(grade => $"{origin.Key} {grade.Key}: {grade.Value}")).Order(StringComparer.Ordinal));
        Assert.Equal(
            (planned.Matters, planned.MattersRated, planned.Unattached),
            ((long)slice["matters"]!["finished"]!, (long)slice["matters"]!["rated"]!, (long)slice["unattached"]!));
    }

    private static async Task<long> MattersAsync(DemoClient client, DemoData data, HistoryPlan plan)
    {
        var finished = (long)(await FiguresAsync(client, data.District, plan))["slices"]![0]!["matters"]!["finished"]!;
        return finished == Planned(plan, _ => true).Matters ? finished : 0;
    }

    private static Task<JsonNode> FiguresAsync(DemoClient client, string node, HistoryPlan plan) => client.GetAsync(string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/satisfaction?node={node}&from={plan.From:yyyy-MM-dd}&to={plan.Today:yyyy-MM-dd}&by=total&children=true"));

    private static async Task<IEnumerable<string>> WindowsOfAsync(DemoClient client, string hall) =>
        (await client.GetAsync("/api/v1/nodes"))["nodes"]!.AsArray().Where(node => (string?)node!["parent"] == hall).Select(node => (string)node!["id"]!);

    private static async Task<long> ImportedAsync(DbConnection journal)
    {
        try
        {
            return await StoredEvents.ScalarAsync(journal, "select coalesce(sum(j.count), 0) from journal j join streams s on s.id = j.stream where s.name like 'window:%' and j.count > 1");
        }
        catch (DbException)
        {
            // The tables are being made.
            return 0;
        }
    }
}
