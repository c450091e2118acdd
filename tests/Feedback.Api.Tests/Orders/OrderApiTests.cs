using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.CaseFigures;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Orders;

/// <summary>The city's hotline sends its orders, and acts on them.</summary>
[Collection(OneSite.Name)]
public sealed class OrderApiTests(RunningSite site)
{
    // A repeat is one of the same sender.
    private string? _token;

    private static JsonObject Order(string node, string? number = null) => new()
    {
        ["number"] = number ?? "GD-" + Some.Id(),
        ["node"] = node,
        ["words"] = "公交站牌损坏，一周无人修复。",
        ["contact"] = "13800000000",
    };

    [Fact]
    public async Task An_order_opens_one_case_however_often_it_is_sent_and_stays_as_it_is()
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id);

        var first = await SendAsync(order);
        var due = (string?)(await ViewAsync((string)order["number"]!))["dueAt"];
        var again = await SendAsync(order);
        var other = await SendAsync(order.With(("words", "另有说法"), ("contact", null), ("limit", "20wd")));

        Assert.Equal((201, true), (first.Status, (bool)first.Json["isNew"]!));
        Assert.Equal((200, false), (again.Status, (bool)again.Json["isNew"]!));
        Assert.Equal((200, due), (other.Status, (string?)(await ViewAsync((string)order["number"]!))["dueAt"]));
        Assert.Equal((string?)first.Json["case"], (string?)again.Json["case"]);
        Assert.Equal((string?)first.Json["caseNumber"], (string?)other.Json["caseNumber"]);
        Assert.Equal(1, await OpenedAsync(hall));
    }

    [Fact]
    public async Task Each_order_of_a_batch_is_answered_by_itself()
    {
        var hall = await site.NewHallAsync();
        var (good, known) = (Order(hall.Id), Order(hall.Id));
        await SendAsync(known);
        var bad = new JsonArray(
            good, known, Order("n999999"), new JsonObject { ["number"] = "GD-" + Some.Id(), ["node"] = hall.Id },
            Order(hall.Id, "a/b"), Order(hall.Id).With(("limit", "5 days")), Order(hall.Id).With(("sentAt", "2026-11-23 09:30")), good.DeepClone(), Order(hall.Id, "half"));

        var answer = await SendAsync(bad.ToJsonString().Replace("\"half\"", "\"\\ud800\"", StringComparison.Ordinal), await CityAsync());

        Assert.Equal((200, 1, 2), (answer.Status, (int)answer.Json["opened"]!, (int)answer.Json["repeated"]!));
        Assert.Equal(
            [(2, "node-unknown"), (3, "member-missing"), (4, "order-number-unfit"), (5, "time-limit-invalid"), (6, "time-invalid"), (8, "text-invalid")],
            answer.Json["rejected"]!.AsArray().Select(one => ((int)one!["index"]!, (string)one["problem"]!["code"]!)));
        Assert.Equal(2, await OpenedAsync(hall));
    }

    [Fact]
    public async Task Many_who_send_the_same_order_at_once_open_one_case()
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id).ToJsonString();
        var token = await TokenAsync(site.District);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(order, token)));

        Assert.Single(answers.Select(answer => (string?)answer.Json["case"]).Distinct());
        Assert.Equal(1, await OpenedAsync(hall));
    }

    [Fact]
    public async Task A_unit_is_known_by_its_name_unless_several_bear_it()
    {
        // Every node of the site is called the same.
        Assert.Equal("node-ambiguous", (await SendAsync(Order("青禾"))).Code);
        var hall = await site.NewHallAsync();
        Assert.Equal(201, (await SendAsync(Order(hall.Path))).Status);
    }

    [Fact]
    public async Task The_citys_limit_holds_instead_of_the_policys_and_is_set_once()
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id).With(("limit", "24h"));
        var number = (string)order["number"]!;
        await SendAsync(order);
        var first = await ViewAsync(number);

        await SendAsync(order.With(("limit", "48h")));
        var second = await ViewAsync(number);
        var state = (await site.Service<CaseRecords>().FindAsync(new CaseId((string)first["case"]!)))!.State;

        Assert.Equal((string?)first["dueAt"], (string?)second["dueAt"]);
        Assert.Equal(state.Opened!.Stamp.At + 24 * 3_600_000L, DateTimeOffset.Parse((string)first["dueAt"]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task The_citys_limit_is_stored_with_the_opening_in_one_append()
    {
        var hall = await site.NewHallAsync();
        var id = new CaseId((string)(await SendAsync(Order(hall.Id).With(("limit", "20wd")))).Json["case"]!);

        var rows = await site.Service<IJournal>().ReadAsync(StreamName.Case(id), 0, 10);

        var events = EventText.Read(rows[0]).Select(one => one.Happened).ToList();
        Assert.IsType<CaseOpened>(events[0]);
        var limit = Assert.Single(events.OfType<CaseClockMarked>(), mark => mark.Mark == ClockMarkKind.LimitChanged);
        Assert.Equal((ClockKind.Completion, "20wd", CaseReasons.CityLimit), (limit.Clock, limit.Limit, limit.Reason));
    }

    [Fact]
    public async Task The_clocks_of_an_order_run_from_when_the_city_sent_it_and_end_when_the_city_says()
    {
        var hall = await site.NewHallAsync();
        var sent = DateTimeOffset.FromUnixTimeSeconds(site.Clock.GetUtcNow().ToUnixTimeSeconds()).AddHours(-2);
        var order = Order(hall.Id).With(("sentAt", FormattableString.Invariant($"{sent:yyyy-MM-dd'T'HH:mm:ss}Z")), ("due", FormattableString.Invariant($"{sent.AddHours(26):yyyy-MM-dd'T'HH:mm:ss}Z")));
        var id = new CaseId((string)(await SendAsync(order)).Json["case"]!);

        var state = (await site.Service<CaseRecords>().FindAsync(id))!.State;
        Assert.Equal(sent.ToUnixTimeMilliseconds(), state.Clocks[ClockKind.SignFor][0].At);
        Assert.Equal(sent.AddHours(26), DateTimeOffset.Parse((string)(await ViewAsync((string)order["number"]!))["dueAt"]!, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_city_follows_its_order_to_the_call_back_and_sends_it_back()
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id).With(("limit", "24h"));
        var number = (string)order["number"]!;
        var id = new CaseId((string)(await SendAsync(order)).Json["case"]!);
        var walk = new CaseWalk(site, hall);

        Assert.Equal("answer-missing", (await StepAsync(number, "call-back", new() { ["reached"] = true })).Code);
        Assert.Equal("reason-missing", (await StepAsync(number, "urge", new())).Code);
        Assert.Equal("step-not-yours", (await StepAsync(number, "sign-for", new())).Code);
        await walk.DoAsync(id, walk.Clerk, new SignForCase());
        Assert.Equal(200, (await StepAsync(number, "urge", new() { ["id"] = "u-1", ["reason"] = "再次来电" })).Status);
        Assert.Equal(200, (await StepAsync(number, "urge", new() { ["id"] = "u-1", ["reason"] = "再次来电" })).Status);
        await walk.AnswerAsync(id);
        var view = await ViewAsync(number);
        Assert.Equal(("answered", "已电话答复"), ((string?)view["stage"], (string?)view["answer"]));
        await StepAsync(number, "call-back", new() { ["reached"] = true, ["solved"] = false, ["grade"] = 2 });
        Assert.Equal("handling", (string?)(await StepAsync(number, "send-back", new() { ["reason"] = "未解决" })).Json["stage"]);
        await walk.AnswerAsync(id);
        await StepAsync(number, "call-back", new() { ["reached"] = true, ["solved"] = true, ["grade"] = 4 });
        Assert.Equal("closed", (string?)(await StepAsync(number, "close", new())).Json["stage"]);

        var figures = (await site.Client.GetAsync($"/api/v1/case-figures?node={hall.Id}&from={Some.Day(1):yyyy-MM-dd}&to={Some.Day(-2):yyyy-MM-dd}")).Json["slices"]![0]!;
        Assert.Equal((1, 1, 1, 1), (
            (int)figures["rates"]!["hotline-solution"]!["numerator"]!, (int)figures["rates"]!["hotline-solution"]!["denominator"]!,
            (int)figures["rates"]!["hotline-satisfaction"]!["numerator"]!, (int)figures["kinds"]!["hotline-order"]!["counts"]!["urged"]!));
        // Both rounds were done within their limits.
        Assert.Equal((2, 2), ((int)figures["rates"]!["on-time"]!["numerator"]!, (int)figures["rates"]!["on-time"]!["denominator"]!));
    }

    [Theory]
    [InlineData("owner", "li", "member-unknown")]
    [InlineData("category", "attitude", "member-unknown")]
    [InlineData("reason", "请回电 13800000000", "member-personal")]
    [InlineData("reason", 5, "text-expected")]
    [InlineData("reached", "yes", "flag-invalid")]
    [InlineData("assisting", "n2", "list-expected")]
    public async Task What_the_city_may_not_give_for_a_step_is_refused_by_name(string member, object value, string code)
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id);
        await SendAsync(order);

        var answer = await StepAsync((string)order["number"]!, "urge", new() { [member] = JsonValue.Create(value) });

        Assert.Equal((400, code, member), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task What_is_null_was_left_out_of_a_step()
    {
        var hall = await site.NewHallAsync();
        var order = Order(hall.Id);
        await SendAsync(order);

        var answer = await StepAsync((string)order["number"]!, "urge", new() { ["id"] = null, ["lead"] = null, ["assisting"] = null, ["granted"] = null, ["words"] = null, ["reason"] = "再次来电" });

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task What_is_not_ours_is_returned_and_the_city_withdraws_it()
    {
        var hall = await site.NewHallAsync();
        var number = "GD-" + Some.Id();
        var id = new CaseId((string)(await SendAsync(Order(hall.Id, number))).Json["case"]!);
        var walk = new CaseWalk(site, hall);
        Assert.Equal("step-not-now", (await StepAsync(number, "withdraw", new())).Code);

        await walk.DoAsync(id, walk.Clerk, new ReturnCase("非本单位职责"));
        var view = await ViewAsync(number);
        Assert.Equal((true, "非本单位职责"), ((bool)view["returned"]!, (string?)view["returnReason"]));
        Assert.Equal("closed", (string?)(await StepAsync(number, "withdraw", new())).Json["stage"]);
    }

    [Fact]
    public async Task The_city_reads_why_more_time_is_asked_for_until_it_decides()
    {
        var hall = await site.NewHallAsync();
        var number = "GD-" + Some.Id();
        var id = new CaseId((string)(await SendAsync(Order(hall.Id, number))).Json["case"]!);
        var walk = new CaseWalk(site, hall);
        await walk.DoAsync(id, walk.Clerk, new SignForCase());
        await walk.DoAsync(id, walk.Clerk, new AskExtension(ClockKind.Completion, "10wd", "需现场勘查"));

        var view = await ViewAsync(number);
        Assert.Equal(("10wd", "需现场勘查", null), ((string?)view["extension"], (string?)view["extensionReason"], (string?)view["returnReason"]));
        var decided = (await StepAsync(number, "decide-extension", new() { ["granted"] = true })).Json;
        Assert.Equal((null, null), ((string?)decided["extension"], (string?)decided["extensionReason"]));
    }

    [Fact]
    public async Task Orders_of_other_places_are_not_there_and_their_numbers_are_taken()
    {
        var hall = await site.NewHallAsync();
        var order = Order(site.ForeignHall.Id);
        var foreign = await TokenAsync(site.ForeignDistrict);
        Assert.Equal(201, (await SendAsync(order.ToJsonString(), foreign)).Status);

        Assert.Equal("hotline-order-unknown", (await GetAsync((string)order["number"]!)).Code);
        Assert.Equal("hotline-order-unknown", (await StepAsync((string)order["number"]!, "urge", new() { ["reason"] = "x" })).Code);
        Assert.Equal("case-external-taken", (await SendAsync(Order(hall.Id, (string)order["number"]!))).Code);
        Assert.Equal("node-unknown", (await SendAsync(Order(site.ForeignHall.Id))).Code);
    }

    [Fact]
    public async Task The_city_sends_an_order_only_to_units_of_its_own_places()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        var number = "GD-" + Some.Id();
        await SendAsync(Order(hall.Id, number));

        var away = await StepAsync(number, "dispatch", new() { ["lead"] = site.ForeignHall.Id });
        var nowhere = await StepAsync(number, "dispatch", new() { ["lead"] = "n999999" });
        var helped = await StepAsync(number, "dispatch", new() { ["lead"] = other.Id, ["assisting"] = new JsonArray(site.ForeignHall.Id) });

        Assert.Equal(("node-unknown", "lead"), (away.Code, away.Field));
        Assert.Equal((nowhere.Status, nowhere.Code, nowhere.Field), (away.Status, away.Code, away.Field));
        Assert.Equal(("node-unknown", "assisting"), (helped.Code, helped.Field));
        var sent = await StepAsync(number, "dispatch", new() { ["lead"] = other.Id });
        Assert.Equal((200, other.Id), (sent.Status, (string?)sent.Json["lead"]));
    }

    [Fact]
    public async Task A_token_that_reads_sends_no_orders() =>
        Assert.Equal(403, (await SendAsync(Order(site.District.Value).ToJsonString(), site.Token)).Status);

    private async Task<int> OpenedAsync(OpenHall hall)
    {
        var report = await site.Client.GetAsync(string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/case-figures?node={hall.Id}&from={Some.Day(1):yyyy-MM-dd}&to={Some.Day(-2):yyyy-MM-dd}"));
        return (int)report.Json["slices"]![0]!["resolution"]!["claimed"]!["denominator"]!;
    }

    private async Task<string> TokenAsync(NodeId scope)
    {
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, scope, secret, site.Clock, [Permission.SendOrders]);
        return secret;
    }

    private async Task<string> CityAsync() => _token ??= await TokenAsync(site.District);

    private async Task<Answer> SendAsync(JsonNode body) => await SendAsync(body.ToJsonString(), await CityAsync());

    private Task<Answer> SendAsync(string body, string token) => PostAsync("/api/v1/orders", body, token);

    private async Task<Answer> StepAsync(string number, string step, JsonObject body) =>
        await PostAsync($"/api/v1/orders/{number}/steps/{step}", body.ToJsonString(), await CityAsync());

    private async Task<JsonNode> ViewAsync(string number) => (await GetAsync(number)).Json;

    private async Task<Answer> GetAsync(string number) => await site.Client.GetAsync("/api/v1/orders/" + number, await CityAsync());

    private async Task<Answer> PostAsync(string path, string body, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await site.Client.SendAsync(request);
    }
}
