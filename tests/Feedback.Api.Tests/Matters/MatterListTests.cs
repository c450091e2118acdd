using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>Lists of service matters: of one's own units, by filters, page by page.</summary>
[Collection(OneSite.Name)]
public sealed class MatterListTests(RunningSite site)
{
    [Fact]
    public async Task Filters_let_through_what_they_say_and_counts_tell_the_stages()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var sent = counter.Acceptance("OWN-" + counter.Hall.Id);
        var open = (await counter.AcceptAsync(sent)).Json;
        var done = await counter.AcceptedAsync();
        await counter.StepAsync(done, new JsonObject { ["step"] = "visit" });
        await counter.StepAsync(done, new JsonObject { ["step"] = "visit", ["result"] = "granted" });
        var (first, second) = ((string)open["id"]!, (string)done["id"]!);

        async Task<string[]> ListAsync(string query)
        {
            var answer = await counter.GetAsync($"{MatterCounter.Path}?{query}");
            Assert.True(answer.Status == 200, answer.Text);
            return [.. answer.Json["matters"]!.AsArray().Select(one => (string)one!["id"]!).Order(StringComparer.Ordinal)];
        }

        string[] both = [.. new[] { first, second }.Order(StringComparer.Ordinal)];
        Assert.Equal(both, await ListAsync(""));
        Assert.Equal(both, await ListAsync("node=" + counter.Hall.Id));
        Assert.Empty(await ListAsync("node=" + counter.Hall.Window));
        Assert.Equal([first], await ListAsync("stage=open"));
        Assert.Equal(both, await ListAsync("stage=open,completed"));
        Assert.Equal([second], await ListAsync("visits=2"));
        Assert.Equal([second], await ListAsync("broken=true"));
        Assert.Equal([first], await ListAsync("broken=false"));
        Assert.Equal([first], await ListAsync("number=" + open["acceptanceNumber"]));
        Assert.Equal([first], await ListAsync("number=OWN-" + counter.Hall.Id));
        Assert.Empty(await ListAsync("number=other"));
        Assert.Equal(both, await ListAsync($"from={MatterCounter.Day(0)}&to={MatterCounter.Day(1)}"));
        Assert.Empty(await ListAsync("to=" + MatterCounter.Day(0)));
        var page = (await counter.GetAsync(MatterCounter.Path + "?stage=completed")).Json;
        Assert.Equal((1, 1), ((int)page["counts"]!["open"]!, (int)page["counts"]!["completed"]!));
        var row = Assert.Single(page["matters"]!.AsArray())!;
        Assert.Equal(("completed", 3, true, false, "10wd"), ((string?)row["stage"], (int)row["visits"]!, (bool)row["broken"]!, (bool)row["online"]!, (string?)row["limit"]));
        Assert.Equal(counter.Hall.Id, (string?)row["node"]!["id"]);
        // Its own number is kept nowhere in the open.
        Assert.DoesNotContain("OWN-", (await counter.GetAsync(MatterCounter.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        for (var accepted = 0; accepted < 5; accepted++)
            await counter.AcceptedAsync();

        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = (await counter.GetAsync($"{MatterCounter.Path}?limit=2{(after is null ? "" : "&after=" + after)}")).Json;
            seen.AddRange(page["matters"]!.AsArray().Select(one => (string)one!["id"]!));
            Assert.Equal(page["next"] is not null, (bool)page["more"]!);
            after = (string?)page["next"];
        }
        while (after is not null);

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task Matters_of_another_hall_are_on_no_list_of_theirs()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var other = await MatterCounter.OpenAsync(site);
        var matter = await counter.AcceptedAsync();

        Assert.Empty((await other.GetAsync(MatterCounter.Path)).Json["matters"]!.AsArray());
        Assert.Empty((await other.GetAsync($"{MatterCounter.Path}?number={matter["acceptanceNumber"]}")).Json["matters"]!.AsArray());
        var elsewhere = await other.GetAsync($"{MatterCounter.Path}?node={counter.Hall.Id}");
        Assert.Equal((404, "node-unknown"), (elsewhere.Status, elsewhere.Code));
    }

    [Theory]
    [InlineData("stage=handled", "word-unknown", "stage")]
    [InlineData("broken=perhaps", "word-unknown", "broken")]
    [InlineData("visits=-1", "count-invalid", "visits")]
    [InlineData("limit=201", "count-invalid", "limit")]
    [InlineData("after=nowhere", "cursor-invalid", "after")]
    [InlineData("from=2026-02-30", "day-invalid", "from")]
    [InlineData("from=2026-03-02&to=2026-03-02", "period-empty", "to")]
    public async Task What_cannot_be_taken_is_refused_by_name(string query, string code, string field)
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var refused = await counter.GetAsync($"{MatterCounter.Path}?{query}");
        Assert.Equal((400, code, field), (refused.Status, refused.Code, refused.Field));
    }
}
