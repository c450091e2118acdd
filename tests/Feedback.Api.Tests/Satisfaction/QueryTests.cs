using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Satisfaction;

[Collection(OneSite.Name)]
public sealed class QueryTests(RunningSite site)
{
    [Theory]
    [InlineData("from=2026-01-01&to=2026-01-02", "member-missing", "node")]
    [InlineData("node=qinghe&to=2026-01-02", "member-missing", "from")]
    [InlineData("node=qinghe&from=2026-01-01", "member-missing", "to")]
    [InlineData("node=qinghe&from=&to=2026-01-02", "member-missing", "from")]
    [InlineData("node=qinghe&from=2026-13-01&to=2026-01-02", "day-invalid", "from")]
    [InlineData("node=qinghe&from=2026-1-1&to=2026-01-02", "day-invalid", "from")]
    [InlineData("node=qinghe&from=2026-01-01T00:00:00Z&to=2026-01-02", "day-invalid", "from")]
    [InlineData("node=qinghe&from=1969-12-31&to=2026-01-02", "day-invalid", "from")]
    [InlineData("node=qinghe&from=2026-01-01&to=9999-12-31", "day-invalid", "to")]
    [InlineData("node=qinghe&from=2026-01-01&from=2026-01-02&to=2026-01-03", "day-invalid", "from")]
    [InlineData("node=qinghe&from=2026-01-02&to=2026-01-02", "period-empty", "to")]
    [InlineData("node=qinghe&from=2026-01-03&to=2026-01-02", "period-empty", "to")]
    [InlineData("node=qinghe&from=1990-01-01&to=2026-01-02", "period-too-long", "to")]
    [InlineData("node=qinghe&from=2026-01-01&to=2026-01-02&by=fortnight", "unit-unknown", "by")]
    [InlineData("node=qinghe&from=2026-01-01&to=2026-01-02&by=Day", "unit-unknown", "by")]
    [InlineData("node=qinghe&from=2026-01-01&to=2026-01-02&children=yes", "flag-invalid", "children")]
    [InlineData("node=qinghe&from=%00&to=%ED%A0%80", "day-invalid", "from")]
    public async Task A_bad_query_is_refused_by_name(string query, string code, string field)
    {
        var answer = await site.Client.GetAsync("/api/v1/satisfaction?" + query);

        Assert.Equal((400, code, field, "application/problem+json"), (answer.Status, answer.Code, answer.Field, answer.MediaType));
    }

    [Theory]
    [InlineData("")]
    [InlineData("qinghe/")]
    [InlineData("/qinghe")]
    [InlineData("qinghe//hall-1")]
    [InlineData("n00")]
    [InlineData("n99999999999999999999")]
    [InlineData("%00")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F0%9F%98%80")]
    public async Task A_node_that_does_not_exist_is_not_found(string node)
    {
        var answer = await site.Client.GetAsync($"/api/v1/satisfaction?from=2026-01-01&to=2026-01-02&node={node}");
        var live = await site.Client.GetAsync($"/api/v1/live?node={node}");

        Assert.Equal(node.Length == 0 ? (400, "member-missing") : (404, "node-unknown"), (answer.Status, answer.Code));
        Assert.Equal(node.Length == 0 ? (400, "member-missing") : (404, "node-unknown"), (live.Status, live.Code));
    }

    [Fact]
    public async Task Ten_years_may_be_asked_for_at_once()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.GetAsync($"/api/v1/satisfaction?node={hall.Id}&from=2016-11-23&to=2026-11-23&by=month");

        Assert.Equal(121, answer.Json["slices"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_problem_of_a_query_is_worded_in_the_language_asked_for()
    {
        var answer = await site.Client.GetAsync("/api/v1/satisfaction?node=qinghe&from=2026-01-02&to=2026-01-01", language: "zh");

        Assert.Equal("“to”必须晚于“from”：期间包含“from”当日，不含“to”当日。", answer.Title);
    }
}
