using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>What lies outside of a scope is not there: neither as a place, nor in a document, nor as where a policy comes from.</summary>
[Collection(OneSite.Name)]
public sealed class PolicyScopeTests(RunningSite site)
{
    [Fact]
    public async Task A_foreign_node_is_refused_like_a_missing_one_and_stays_as_it_was()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site, hall.Id);
        using var chief = await PolicyDesk.OpenAsync(site);

        foreach (var node in new[] { site.ForeignHall.Id, site.District.Value })
        {
            foreach (var path in new[] { "policies?", "policies/feedback?" })
                Assert.Equal(Without("n999999", await desk.GetAsync(path + "node=n999999")), Without(node, await desk.GetAsync($"{path}node={node}")));
            Assert.Equal(
                Without("n999999", await desk.PutAsync("policies/feedback?node=n999999", """{"attempts":9}""")), Without(node, await desk.PutAsync($"policies/feedback?node={node}", """{"attempts":9}""")));
            Assert.NotEqual(9, (int)(await chief.PolicyAsync("feedback", node, ahead: 1))["document"]!["attempts"]!);
        }
    }

    [Fact]
    public async Task Routes_to_units_that_one_does_not_see_can_be_neither_set_nor_read()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var desk = await PolicyDesk.OpenAsync(site, hall.Id);
        using var chief = await PolicyDesk.OpenAsync(site);
        var path = $"policies/routing?node={hall.Id}&from={PolicyDesk.DayText(0)}";

        var foreign = await desk.PutAsync(path, Routes($$"""{"category":"fees","lead":"{{hall.Id}}","assisting":["{{site.ForeignHall.Id}}"]}"""));
        var missing = await desk.PutAsync(path, Routes($$"""{"category":"fees","lead":"{{hall.Id}}","assisting":["n999999"]}"""));
        Assert.Equal((404, "node-unknown", "routes"), (foreign.Status, foreign.Code, foreign.Field));
        Assert.Equal(Without("n999999", missing), Without(site.ForeignHall.Id, foreign));

        Assert.Equal(200, (await chief.PutAsync(path, Routes(
            $$"""{"category":"fees","lead":"{{site.ForeignHall.Id}}"},{"category":"service","lead":"{{hall.Id}}","assisting":["{{site.ForeignHall.Id}}","{{hall.Windows[1]}}"]}"""))).Status);
        var whole = await chief.PolicyAsync("routing", hall.Id);
        Assert.Equal((false, 2), ((bool)whole["withheld"]!, whole["document"]!["routes"]!.AsArray().Count));
        var seen = await desk.PolicyAsync("routing", hall.Id);
        Assert.True((bool)seen["withheld"]!);
        Assert.Equal($$"""{"routes":[{"category":"service","lead":"{{hall.Id}}","assisting":["{{hall.Windows[1]}}"]}]}""", seen["document"]!.ToJsonString());
        Assert.DoesNotContain($"\"{site.ForeignHall.Id}\"", (await desk.GetAsync("policies?node=" + hall.Window)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_from_above_the_scope_is_told_without_where_it_was_set()
    {
        var district = (await site.NewHallAsync()).Id;
        var hall = await site.NewHallAsync(under: new(district));
        using var manager = await PolicyDesk.OpenAsync(site, hall.Id, Role.HallManager);
        using var chief = await PolicyDesk.OpenAsync(site);
        await chief.PutAsync($"policies/feedback?node={district}&from={PolicyDesk.DayText(0)}", """{"attempts":7}""");

        var told = await manager.PolicyAsync("feedback", hall.Window);

        Assert.Equal(("above", null, 7), ((string?)told["source"], told["setAt"], (int)told["document"]!["attempts"]!));
        Assert.Equal(district, (string?)(await chief.PolicyAsync("feedback", hall.Window))["setAt"]!["id"]);
    }

    [Fact]
    public async Task The_calendar_is_the_whole_bureaus()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site, hall.Id);

        var answer = await desk.PutAsync("calendars/2093", """{"source":"made up","holidays":[{"day":"2093-01-01"}]}""");

        Assert.Equal((403, "forbidden"), (answer.Status, answer.Code));
        Assert.Equal((404, "calendar-unknown"), ((await desk.GetAsync("calendars/2093")) is var read ? (read.Status, read.Code) : default));
    }

    private static string Routes(string routes) => $$"""{"routes":[{{routes}}]}""";

    private static (int, string) Without(string node, Answer answer) => (answer.Status, answer.Text.Replace(node, "…", StringComparison.Ordinal));
}
