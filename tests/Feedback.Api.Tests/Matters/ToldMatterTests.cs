using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>Lists of matters that another system sends every night.</summary>
[Collection(OneSite.Name)]
public sealed class ToldMatterTests(RunningSite site)
{
    private const string Lists = "/api/v1/service-matter-lists";

    [Fact]
    public async Task A_list_is_stored_whole_and_once_and_a_later_one_moves_its_matters_on()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var (done, open) = (Done(counter), Told(counter));

        var first = await counter.PostAsync(Lists, new JsonArray(done.DeepClone(), open.DeepClone()));
        var again = await counter.PostAsync(Lists, new JsonArray(done.DeepClone(), open.DeepClone()));
        open["stage"] = "withdrawn";
        open["outcome"] = "changed-mind";
        open["endedAt"] = Ago(0.1);
        var later = await counter.PostAsync(Lists, new JsonArray(done.DeepClone(), open.DeepClone()));

        Assert.Equal([(true, 2, 0, 0), (true, 0, 0, 2), (true, 0, 1, 1)], new[] { first, again, later }.Select(Counted));
        var matters = (await counter.GetAsync(MatterCounter.Path)).Json;
        Assert.Null(matters["counts"]!["open"]);
        Assert.Equal((1, 1), ((int)matters["counts"]!["completed"]!, (int)matters["counts"]!["withdrawn"]!));
        var completed = (await counter.GetAsync(MatterCounter.Path + "?stage=completed")).Json["matters"]![0]!;
        Assert.Equal((3, true, false), ((int)completed["visits"]!, (bool)completed["broken"]!, (bool)completed["online"]!));
        Assert.Equal(DateTimeOffset.Parse((string)done["acceptedAt"]!, CultureInfo.InvariantCulture), DateTimeOffset.Parse((string)completed["acceptedAt"]!, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("serviceItem", "\"no-such-item\"", "service-item-unknown")]
    [InlineData("node", "\"n999999\"", "node-unknown")]
    [InlineData("stage", "\"handled\"", "word-unknown")]
    [InlineData("visits", "51", "count-invalid")]
    [InlineData("lawfulVisits", "4", "count-invalid")]
    [InlineData("acceptedAt", "\"2199-01-01T00:00:00Z\"", "ended-before-accepted")]
    [InlineData("endedAt", "\"2199-01-01T00:00:00Z\"", "time-in-future")]
    [InlineData("outcome", "null", "member-missing")]
    [InlineData("colour", "1", "member-unknown")]
    public async Task One_matter_that_cannot_be_taken_keeps_the_whole_list_out(string member, string value, string code)
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var wrong = Done(counter);
        wrong[member] = JsonNode.Parse(value);

        var answer = await counter.PostAsync(Lists, new JsonArray(Told(counter), wrong));

        Assert.Equal((200, (false, 0, 0, 0)), (answer.Status, Counted(answer)));
        var rejected = Assert.Single(answer.Json["rejected"]!.AsArray())!;
        Assert.Equal((1, code), ((int)rejected["index"]!, (string?)rejected["problem"]!["code"]));
        Assert.Empty((await counter.GetAsync(MatterCounter.Path)).Json["matters"]!.AsArray());
    }

    [Fact]
    public async Task Visits_that_the_list_tells_as_lawful_break_no_rule()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var done = Done(counter);
        done["lawfulVisits"] = 1;

        Assert.Equal((true, 1, 0, 0), Counted(await counter.PostAsync(Lists, new JsonArray(done))));

        var completed = (await counter.GetAsync(MatterCounter.Path + "?stage=completed")).Json["matters"]![0]!;
        Assert.Equal((2, false), ((int)completed["visits"]!, (bool)completed["broken"]!));
    }

    [Fact]
    public async Task A_list_that_is_only_checked_stores_nothing_and_one_that_contradicts_what_is_known_is_told()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var told = Told(counter);
        Assert.Equal((false, 0, 0, 0), Counted(await counter.PostAsync(Lists + "?check=true", new JsonArray(told.DeepClone()))));
        Assert.Empty((await counter.GetAsync(MatterCounter.Path)).Json["matters"]!.AsArray());
        await counter.PostAsync(Lists, new JsonArray(told.DeepClone()));

        told["online"] = true;
        var other = await counter.PostAsync(Lists + "?check=true", new JsonArray(told.DeepClone()));

        Assert.Equal("matter-exists", (string?)other.Json["rejected"]![0]!["problem"]!["code"]);
        Assert.Equal("batch-empty", (await counter.PostAsync(Lists, new JsonArray())).Code);
        Assert.Equal("member-missing", (await counter.PostAsync(Lists, new JsonObject())).Code);
        var single = await counter.PostAsync(Lists, told);
        Assert.Equal((409, "matter-exists"), (single.Status, single.Code));
        Assert.Equal("word-unknown", (await counter.PostAsync(Lists + "?check=perhaps", told)).Code);
        using var reader = await MatterCounter.OpenAsync(site, Permission.ReadCases);
        Assert.Equal(403, (await reader.PostAsync(Lists, new JsonArray(Told(reader)))).Status);
    }

    [Fact]
    public async Task Who_leads_a_hall_tells_matters_of_the_last_month_and_who_works_at_a_window_none()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var clerk = await SecurityDesk.OpenAsync(site, new NodeId(counter.Hall.Id), Role.WindowStaff);
        using var head = await SecurityDesk.OpenAsync(site, new NodeId(counter.Hall.Id), Role.HallManager);
        var (told, old) = (Told(counter), Told(counter));
        old["acceptedAt"] = Ago(32);

        Assert.Equal(403, (await clerk.PostAsync(Lists, Copy(told))).Status);
        Assert.Equal(200, (await head.PostAsync(Lists, Copy(told))).Status);
        var (status, refused) = await head.PostAsync(Lists, Copy(old));

        Assert.Equal((400, "told-too-old", "acceptedAt"), (status, (string?)refused["code"], (string?)refused["field"]));
        Assert.Contains("31 days", (string)refused["title"]!, StringComparison.Ordinal);
        // The business system may; and of what is known already only the end is told anew.
        Assert.Equal((true, 1, 0, 0), Counted(await counter.PostAsync(Lists, Copy(old))));
        (old["stage"], old["endedAt"], old["outcome"]) = ("completed", Ago(31.5), "granted");
        Assert.Equal("endedAt", (string?)(await head.PostAsync(Lists, Copy(old))).Json["field"]);
        old["endedAt"] = Ago(1);
        Assert.Equal(200, (await head.PostAsync(Lists, Copy(old))).Status);
        Assert.Equal(1, (int)(await counter.GetAsync(MatterCounter.Path)).Json["counts"]!["completed"]!);
    }

    [Fact]
    public async Task A_list_that_is_stored_leaves_one_entry_in_the_audit_trail_and_one_that_is_only_checked_none()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var auditor = await SecurityDesk.OpenAsync(site, role: Role.AuditAdministrator);
        var list = new JsonArray(Told(counter), Done(counter));

        await counter.PostAsync(Lists + "?check=true", list.DeepClone());
        await counter.PostAsync(Lists, list);

        await site.Service<AuditTrail>().FlushAsync();
        var entries = (await auditor.GetAsync($"/api/v1/audit?act={Acts.MattersTold}&limit=200")).Json["entries"]!.AsArray();
        var entry = Assert.Single(entries, one => (string?)one!["node"] == counter.Hall.Id)!;
        Assert.Equal("2 matters, 2 of them new", (string?)entry["reason"]);
        Assert.StartsWith("token:", (string)entry["actor"]!, StringComparison.Ordinal);
    }

    private static JsonObject Copy(JsonObject told) => told.DeepClone().AsObject();

    private static (bool Stored, int Accepted, int Moved, int Unchanged) Counted(Answer answer) =>
        ((bool)answer.Json["stored"]!, (int)answer.Json["accepted"]!, (int)answer.Json["moved"]!, (int)answer.Json["unchanged"]!);

    private static JsonObject Told(MatterCounter counter) => new()
    {
        ["node"] = counter.Hall.Id,
        ["number"] = Some.Id(),
        ["serviceItem"] = counter.Item,
        ["acceptedAt"] = Ago(3),
        ["stage"] = "open",
    };

    private static JsonObject Done(MatterCounter counter)
    {
        var told = Told(counter);
        told["stage"] = "completed";
        told["visits"] = 3;
        told["endedAt"] = Ago(1);
        told["outcome"] = "granted";
        return told;
    }

    private static string Ago(double days) => Some.Time(TimeSpan.FromDays(days));
}
