using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.CaseFigures;

[Collection(OneSite.Name)]
public sealed class CaseFigureApiTests(RunningSite site)
{
    private static string Query(string node, string more = "") => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/case-figures?node={node}&from={Some.Day(2):yyyy-MM-dd}&to={Some.Day(-2):yyyy-MM-dd}{more}");

    [Fact]
    public async Task Figures_of_walked_cases_are_those_counted_by_hand_at_the_window_and_above_it()
    {
        var hall = await site.NewHallAsync();
        var walk = new CaseWalk(site, hall);
        await walk.OpenAsync();
        await walk.CloseAsync();
        await walk.DoAsync(await walk.CloseAsync(), CaseActor.Citizen, new ConfirmCase());

        foreach (var node in new[] { hall.Window, hall.Id })
        {
            var slice = (await site.Client.GetAsync(Query(node))).Json["slices"]![0]!;
            Assert.Equal((2, 3, 1, 3), (
                (int)slice["resolution"]!["claimed"]!["numerator"]!, (int)slice["resolution"]!["claimed"]!["denominator"]!,
                (int)slice["resolution"]!["confirmed"]!["numerator"]!, (int)slice["resolution"]!["confirmed"]!["denominator"]!));
            Assert.Null(slice["rates"]!["rectification"]!["value"]);
            Assert.Equal((3, 2, 2), ((int)slice["kinds"]!["question"]!["counts"]!["opened"]!, (int)slice["kinds"]!["question"]!["counts"]!["closed"]!, (int)slice["closing"]!["cases"]!));
        }
    }

    [Fact]
    public async Task Children_and_days_add_up_to_the_whole()
    {
        var hall = await site.NewHallAsync(windows: 2);
        await new CaseWalk(site, hall).OpenAsync();

        var report = (await site.Client.GetAsync(Query(hall.Id, "&by=day&children=true"))).Json;

        Assert.Equal(1, Opened(report["slices"]!));
        Assert.Equal(4, report["slices"]!.AsArray().Count);
        Assert.Equal(hall.Windows, report["children"]!.AsArray().Select(child => (string)child!["node"]!["id"]!));
        Assert.Equal([1, 0], report["children"]!.AsArray().Select(child => Opened(child!["slices"]!)));
    }

    [Fact]
    public async Task Hours_are_refused_and_nodes_of_others_are_not_there()
    {
        Assert.Equal("unit-not-hours", (await site.Client.GetAsync(Query(site.District.Value, "&by=hour"))).Code);
        Assert.Equal("node-unknown", (await site.Client.GetAsync(Query(site.ForeignHall.Id))).Code);
        Assert.Equal("period-empty", (await site.Client.GetAsync($"/api/v1/case-figures?node={site.District}&from=2026-01-02&to=2026-01-02")).Code);
    }

    [Theory]
    [InlineData("zh", "light")]
    [InlineData("en", "dark")]
    public async Task Both_charts_of_cases_are_drawn_from_the_store(string language, string theme)
    {
        var hall = await site.NewHallAsync();
        var walk = new CaseWalk(site, hall);
        await walk.OpenAsync();
        await walk.CloseAsync(CaseKind.Suggestion);

        foreach (var name in new[] { "closing-time", "case-flow" })
        {
            var answer = await site.Client.GetAsync($"/api/v1/charts/{name}.svg?node={hall.Id}&lang={language}&theme={theme}");
            Assert.Equal((200, "image/svg+xml"), (answer.Status, answer.MediaType));
        }

        var times = (await site.Client.GetAsync($"/api/v1/charts/closing-time.csv?node={hall.Id}&lang={language}")).Text;
        Assert.Contains(language == "zh" ? "\r\n建议,1,1," : "\r\nSuggestion,1,1,", times, StringComparison.Ordinal);
        Assert.Contains(language == "zh" ? "\r\n咨询,1,0,," : "\r\nQuestion,1,0,,", times, StringComparison.Ordinal);
        // Two came in today, one was closed, one is open; nothing is known of tomorrow.
        var flow = (await site.Client.GetAsync($"/api/v1/charts/case-flow.csv?node={hall.Id}&lang={language}")).Text;
        Assert.EndsWith(",2,1,1\r\n", flow, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_of_cases_changes_with_a_case_and_only_then()
    {
        var hall = await site.NewHallAsync();
        var walk = new CaseWalk(site, hall);
        await walk.CloseAsync();
        var address = $"/api/v1/charts/case-flow.csv?node={hall.Id}";

        var (first, again) = ((await site.Client.GetAsync(address)).Headers.ETag, (await site.Client.GetAsync(address)).Headers.ETag);
        await walk.OpenAsync();

        Assert.Equal(first, again);
        Assert.NotEqual(first, (await site.Client.GetAsync(address)).Headers.ETag);
    }

    [Theory]
    [InlineData("zh", "办结率（单位办结）", "0 / 1")]
    [InlineData("en", "Done, as the office says", "0 / 1")]
    public async Task The_page_shows_every_rate_with_its_counts(string language, string claimed, string counts)
    {
        var hall = await site.NewHallAsync();
        await new CaseWalk(site, hall).OpenAsync();
        var name = "case-reader-" + Some.Id();
        await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(Role.HallManager, new NodeId(hall.Id))]);
        using var visitor = new Visitor(site.Url);
        await visitor.SignInAsync(name);

        var page = await visitor.TextAsync($"/nodes/{hall.Id}/cases", language);

        Assert.Contains(claimed, page, StringComparison.Ordinal);
        Assert.Contains(counts, page, StringComparison.Ordinal);
        Assert.Contains("/api/v1/charts/closing-time.svg?", page, StringComparison.Ordinal);
        Assert.Contains("/api/v1/charts/case-flow.svg?", page, StringComparison.Ordinal);
    }

    private static int Opened(JsonNode slices) => slices.AsArray().Sum(slice => (int)slice!["resolution"]!["claimed"]!["denominator"]!);
}
