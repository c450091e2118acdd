using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>Service matters over HTTP.</summary>
[Collection(OneSite.Name)]
public sealed class ServiceMatterTests(RunningSite site)
{
    [Fact]
    public async Task A_matter_is_accepted_once_however_often_it_is_sent()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var body = counter.Acceptance();
        var first = await counter.AcceptAsync(body);
        var again = await counter.AcceptAsync(body);
        body["online"] = true;
        var other = await counter.AcceptAsync(body);

        Assert.Equal((201, 200, 409, "matter-exists"), (first.Status, again.Status, other.Status, other.Code));
        Assert.Equal("\"1\"", first.Headers.ETag!.Tag);
        Assert.Equal(first.Text, again.Text);
        var matter = first.Json;
        Assert.Equal((1, "open", 1, true), ((int)matter["version"]!, (string?)matter["stage"], (int)matter["visits"]!, (bool)matter["waits"]!));
        Assert.Equal(["licence", "photo", "record"], matter["missing"]!.AsArray().Select(one => (string)one!["code"]!));
        Assert.Null(matter["deadline"]);
        Assert.Matches("^[0-9]{8}-[0-9]{7}-[0-9]$", (string)matter["acceptanceNumber"]!);
        // Its number is kept nowhere in the open.
        Assert.DoesNotContain((string)body["number"]!, first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_lead_to_the_result_and_what_breaks_the_rule_is_told()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var matter = await counter.AcceptedAsync();
        var visit = new JsonObject { ["step"] = "visit", ["id"] = "r-1", ["documents"] = new JsonArray("licence"), ["asked"] = new JsonArray(new JsonObject { ["code"] = "lease", ["title"] = "租赁合同" }) };
        var visited = await counter.StepAsync(matter, visit, "\"1\"");
        Assert.Equal((200, "\"3\"", 2), (visited.Status, visited.Headers.ETag!.Tag, (int)visited.Json["visits"]!));
        Assert.Equal("late-demand", (string?)visited.Json["accountable"]![0]!["reason"]);
        Assert.NotNull(visited.Json["deadline"]);
        Assert.Equal("\"3\"", (await counter.StepAsync(matter, visit, "\"1\"")).Headers.ETag!.Tag);

        var stale = await counter.StepAsync(matter, new JsonObject { ["step"] = "complete", ["result"] = "granted" }, "\"1\"");
        Assert.Equal((412, "matter-stale"), (stale.Status, stale.Code));
        var done = await counter.StepAsync(matter, new JsonObject { ["step"] = "complete", ["result"] = "granted" }, "\"3\"");
        Assert.Equal(("completed", "granted", 2), ((string?)done.Json["stage"], (string?)done.Json["result"], (int)done.Json["visits"]!));
        var followed = await counter.StepAsync(matter, new JsonObject { ["step"] = "supplement", ["documents"] = new JsonArray("photo") });
        Assert.Equal(MatterCounter.Day(0), (string?)followed.Json["missing"]![1]!["handedInOn"]);
        var over = await counter.StepAsync(matter, new JsonObject { ["step"] = "withdraw", ["reason"] = "changed-mind" });
        Assert.Equal((409, "matter-over"), (over.Status, over.Code));
        Assert.Equal(followed.Text, (await counter.GetAsync($"{MatterCounter.Path}/{matter["id"]}")).Text);
    }

    [Theory]
    [InlineData("""{"step":"praise"}""", "matter-step-unknown", "step")]
    [InlineData("""{"step":"complete"}""", "member-missing", "result")]
    [InlineData("""{"step":"complete","result":"granted","reason":"x"}""", "member-unknown", "reason")]
    [InlineData("""{"step":"supplement","documents":["lease"]}""", "document-unlisted", "documents")]
    [InlineData("""{"step":"visit","asked":[{"code":"x","title":"13812345678"}]}""", "member-personal", "asked[0].title")]
    [InlineData("""{"step":"visit","asked":"x"}""", "list-expected", "asked")]
    public async Task A_step_that_cannot_be_taken_is_refused_by_name(string body, string code, string field)
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var refused = await counter.StepAsync(await counter.AcceptedAsync(), JsonNode.Parse(body)!.AsObject());
        Assert.Equal((400, code, field), (refused.Status, refused.Code, refused.Field));
    }

    [Theory]
    [InlineData("missing", """[{"code":"a","title":"甲","how":"later"}]""", 400, "missing-kind-unknown")]
    [InlineData("missing", """[{"code":"a","title":"甲","how":"to-follow"}]""", 400, "document-day-missing")]
    [InlineData("missing", """[{"code":"a","title":"甲","how":"ordinary","dueOn":"2020-01-01"}]""", 400, "document-day-past")]
    [InlineData("missing", """[{"code":"a","title":"甲","how":"ordinary"},{"code":"a","title":"乙","how":"ordinary"}]""", 400, "document-twice")]
    [InlineData("missing", """[{"code":"a","title":"电话13812345678","how":"ordinary"}]""", 400, "member-personal")]
    [InlineData("limit", "\"soon\"", 400, "time-limit-invalid")]
    [InlineData("serviceItem", "\"no-such-item\"", 404, "service-item-unknown")]
    [InlineData("node", "\"n999999\"", 404, "node-unknown")]
    [InlineData("number", "null", 400, "member-missing")]
    [InlineData("online", "1", 400, "flag-invalid")]
    [InlineData("colour", "1", 400, "member-unknown")]
    public async Task An_acceptance_that_cannot_be_taken_is_refused_by_name(string member, string value, int status, string code)
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var body = counter.Acceptance();
        body[member] = JsonNode.Parse(value);
        var refused = await counter.AcceptAsync(body);
        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Figures_tell_the_rates_with_their_denominators()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var (once, thrice) = (await counter.AcceptedAsync(), await counter.AcceptedAsync());
        await counter.StepAsync(once, new JsonObject { ["step"] = "complete", ["result"] = "granted" });
        await counter.StepAsync(thrice, new JsonObject { ["step"] = "visit" });
        await counter.StepAsync(thrice, new JsonObject { ["step"] = "visit", ["result"] = "granted" });

        var figures = (await counter.GetAsync($"{MatterCounter.Path}/figures?node={counter.Hall.Id}&from={MatterCounter.Day(-1)}&to={MatterCounter.Day(2)}")).Json;
        Assert.Equal((2, 2, 1), ((int)figures["accepted"]!, (int)figures["completed"]!, (int)figures["accountable"]!["third-visit"]!));
        Assert.Equal((0.5, 1, 2), ((double)figures["rates"]!["two-visit"]!["value"]!, (int)figures["rates"]!["two-visit"]!["numerator"]!, (int)figures["rates"]!["two-visit"]!["denominator"]!));
        Assert.Equal(1, (int)figures["rates"]!["one-visit"]!["numerator"]!);
        var elsewhere = await counter.GetAsync($"{MatterCounter.Path}/figures?node={site.ForeignHall.Id}&from={MatterCounter.Day(-1)}&to={MatterCounter.Day(2)}");
        Assert.Equal((404, "node-unknown"), (elsewhere.Status, elsewhere.Code));
    }

    [Fact]
    public async Task A_matter_of_another_hall_is_none_of_theirs()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var other = await MatterCounter.OpenAsync(site);
        var matter = await counter.AcceptedAsync();
        Assert.Equal((404, "matter-unknown"), ((await other.GetAsync($"{MatterCounter.Path}/{matter["id"]}")).Status, (await other.GetAsync($"{MatterCounter.Path}/{matter["id"]}/notice")).Code));
        Assert.Equal(404, (await other.StepAsync(matter, new JsonObject { ["step"] = "complete", ["result"] = "granted" })).Status);
        using var reader = await MatterCounter.OpenAsync(site, Permission.ReadCases);
        Assert.Equal(403, (await reader.AcceptAsync(reader.Acceptance())).Status);
    }
}
