using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Paper;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Paper;
using Xunit;

namespace Feedback.Api.Tests.Paper;

/// <summary>Batches of printed forms are opened once, and listed.</summary>
[Collection(OneSite.Name)]
public sealed class PaperOpeningTests(RunningSite site)
{
    [Fact]
    public async Task The_same_request_opens_one_batch_and_forms_may_be_counted_later()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var body = clerk.Opening(hall.Window, collected: null);
        body.Remove("collected");
        body.Remove("counters");
        var (first, again) = (await clerk.PostAsync("", body), await clerk.PostAsync("", body));
        Assert.Equal((201, 200, (string?)first.Json["id"]), (first.Status, again.Status, (string?)again.Json["id"]));
        var batch = "/" + (string)first.Json["id"]!;

        Assert.Equal("paper-not-counted", (string?)(await clerk.KeyAsync(batch, PaperClerk.Form(1))).Json["code"]);
        var count = new JsonObject { ["collected"] = 4, ["counters"] = new JsonArray(clerk.Name, clerk.Other.Name) };
        Assert.Equal(200, (await clerk.PostAsync(batch + "/count", count)).Status);
        Assert.Equal(200, (await clerk.KeyAsync(batch, PaperClerk.Form(1))).Status);
        Assert.Equal(200, (await clerk.PostAsync(batch + "/count", count.DeepClone())).Status);
        count["collected"] = 1;
        Assert.Equal("paper-counted", (string?)(await clerk.PostAsync(batch + "/count", count)).Json["code"]);
        Assert.Equal("/p" + hall.Window[1..] + "-2", await clerk.OpenAsync(hall.Window));
    }

    [Fact]
    public async Task Another_request_under_the_same_id_opens_no_second_batch()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var body = clerk.Opening(hall.Window, collected: 3);
        var first = (string)(await clerk.PostAsync("", body)).Json["id"]!;
        foreach (var (member, value) in new (string, JsonNode?)[] { ("issued", 21), ("collected", 4), ("from", PaperClerk.Day(6)), ("through", PaperClerk.Day(1)), ("counters", new JsonArray(clerk.Other.Name, clerk.Name)) })
        {
            var other = body.DeepClone();
            other[member] = value;
            var answer = await clerk.PostAsync("", other, language: "zh-CN");
            Assert.Equal((member, 409, "paper-request-differs"), (member, answer.Status, (string?)answer.Json["code"]));
            Assert.Contains(first, (string)answer.Json["title"]!, StringComparison.Ordinal);
        }

        // A count that was told later is none of the request.
        await clerk.PostAsync($"/{first}/count", new JsonObject { ["collected"] = 5, ["counters"] = new JsonArray(clerk.Name, clerk.Other.Name) });
        var again = await clerk.PostAsync("", body.DeepClone());
        Assert.Equal((200, first), (again.Status, (string?)again.Json["id"]));
        Assert.Equal(1, await site.Service<PaperBatches>().CountAsync(new NodeId(hall.Window)));
    }

    [Fact]
    public async Task Batches_are_listed_page_by_page()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var opened = new[] { await clerk.OpenAsync(hall.Id), await clerk.OpenAsync(hall.Window), await clerk.OpenAsync(hall.Id) };
        var first = (await clerk.GetAsync("?limit=2")).Json;
        var second = (await clerk.GetAsync($"?limit=2&after={(string)first["next"]!}")).Json;
        Assert.Equal((2, 1, null), (first["batches"]!.AsArray().Count, second["batches"]!.AsArray().Count, (string?)second["next"]));
        Assert.Equal(opened.Order(), first["batches"]!.AsArray().Concat(second["batches"]!.AsArray()).Select(one => "/" + (string)one!["id"]!).Order());
        Assert.Equal(("count-invalid", "cursor-invalid"), ((string?)(await clerk.GetAsync("?limit=201")).Json["code"], (string?)(await clerk.GetAsync("?after=x")).Json["code"]));
    }

    [Fact]
    public void A_retry_after_midnight_is_the_same_request_though_its_days_were_left_out()
    {
        var (node, evening) = (new NodeId("n4"), new DateOnly(2026, 2, 28));
        var wanted = new PaperOpening(node, null, null, 20, new CountForms(3, ["li", "wang"]));
        var (stamp, salt) = (new PaperStamp(1, "account:li"), Opaque.FromBytes(new byte[Opaque.Length]));
        var command = wanted.On(evening);
        var opened = PaperState.Fold(PaperBatchId.Of(node, 1),
        [
            new PaperBatchOpened { Salt = salt, Stamp = stamp, Node = node, From = command.From, Through = command.Through, Issued = command.Issued },
            new PaperFormsCounted { Salt = salt, Stamp = stamp, Collected = 3, Counters = ["li", "wang"] },
        ]);

        Assert.Equal((new DateOnly(2026, 2, 1), evening), (opened.Opened!.From, opened.Opened.Through));
        Assert.True(wanted.IsThatOf(opened));
        Assert.True((wanted with { Through = evening }).IsThatOf(opened));
        Assert.False((wanted with { Through = evening.AddDays(1) }).IsThatOf(opened));
        Assert.False((wanted with { From = evening }).IsThatOf(opened));
        Assert.False((wanted with { Count = null }).IsThatOf(opened));
    }

    public static TheoryData<string, string, string?> Ugly => new()
    {
        { "", "member-missing", "node" },
        { "\"node\":\"HALL\"", "member-missing", "issued" },
        { "\"node\":\"HALL\",\"issued\":-1", "count-invalid", "issued" },
        { "\"node\":\"HALL\",\"issued\":1e3", "count-invalid", "issued" },
        { "\"node\":\"HALL\",\"issued\":\"20\"", "count-invalid", "issued" },
        { "\"node\":\"HALL\",\"issued\":5001", "count-invalid", "issued" },
        { "\"node\":\"HALL\",\"issued\":20,\"collected\":3", "member-missing", "counters" },
        { "\"node\":\"HALL\",\"issued\":20,\"counters\":[\"a\",\"b\"]", "member-missing", "collected" },
        { "\"node\":\"HALL\",\"issued\":20,\"collected\":3,\"counters\":[\"nobody-1\",\"nobody-2\"]", "paper-counter-unknown", "counters" },
        { "\"node\":\"HALL\",\"issued\":20,\"collected\":3,\"counters\":[\"OWN\",\"OWN\"]", "paper-counters", "counters" },
        { "\"node\":\"HALL\",\"issued\":20,\"collected\":21,\"counters\":[\"OWN\",\"OTHER\"]", "count-invalid", "collected" },
        { "\"node\":\"HALL\",\"issued\":20,\"collected\":3,\"counters\":\"OWN\"", "list-expected", "counters" },
        { "\"node\":\"HALL\",\"issued\":20,\"from\":\"2026-02-30\"", "day-invalid", "from" },
        { "\"node\":\"HALL\",\"issued\":20,\"from\":\"2020-01-01\"", "paper-too-old", "from" },
        { "\"node\":\"HALL\",\"issued\":20,\"through\":\"2199-01-01\"", "paper-day-ahead", "through" },
        { "\"node\":\"HALL\",\"issued\":20,\"batch\":\"p1-1\"", "member-unknown", "batch" },
        { "\"node\":\"HALL\",\"node\":\"HALL\",\"issued\":20", "member-twice", "node" },
        { "\"node\":\"n999999\",\"issued\":20", "node-unknown", "node" },
    };

    [Theory, MemberData(nameof(Ugly))]
    public async Task What_opens_no_batch_is_refused_by_name(string body, string code, string? field)
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var text = "{" + body.Replace("HALL", hall.Id, StringComparison.Ordinal).Replace("OWN", clerk.Name, StringComparison.Ordinal).Replace("OTHER", clerk.Other.Name, StringComparison.Ordinal) + "}";
        var answer = await clerk.SendAsync("", new StringContent(text, Encoding.UTF8, "application/json"));
        Assert.Equal((code, field), ((string?)answer.Json["code"], (string?)answer.Json["field"]));
        Assert.InRange(answer.Status, 400, 499);
    }
}
