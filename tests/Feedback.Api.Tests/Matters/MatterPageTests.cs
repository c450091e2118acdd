using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>The office's pages of service matters.</summary>
[Collection(OneSite.Name)]
public sealed partial class MatterPageTests(RunningSite site)
{
    [Fact]
    public async Task A_matter_is_accepted_worked_on_and_completed_by_forms()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{counter.Hall.Id}");
        var card = await AcceptAsync(officer, counter);
        Assert.Contains("Documents came", Next(card), StringComparison.Ordinal);
        Assert.Contains("Road freight licence", card, StringComparison.Ordinal);
        Assert.Contains("营业执照副本", card, StringComparison.Ordinal);
        Assert.Contains("waits for documents", card, StringComparison.Ordinal);

        var supplied = await StepAsync(officer, card, "supplement", ("documents", "d1"));
        Assert.Contains("It is completed", Next(supplied), StringComparison.Ordinal);
        Assert.Contains("Documents handed in: 营业执照副本", supplied, StringComparison.Ordinal);
        var visited = await StepAsync(officer, supplied, "visit", ("asked", "租赁合同"));
        Assert.Contains("asked for late", visited, StringComparison.Ordinal);
        var done = await StepAsync(officer, visited, "complete", ("result", "granted"));

        Assert.Contains("Completed: granted; visits: 2", done, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"complete\"", done, StringComparison.Ordinal);
        var chinese = (await officer.OpenAsync(AddressOf(done), "zh-CN")).Text;
        Assert.Contains("已办结", chinese, StringComparison.Ordinal);
        Assert.Contains("责任追究：索要告知单外的材料", chinese, StringComparison.Ordinal);
        foreach (var notice in Notices().Matches(done).Select(one => one.Groups[1].Value))
            Assert.Equal(HttpStatusCode.OK, (await officer.Browser.GetAsync(notice, "en")).StatusCode);
    }

    [Fact]
    public async Task The_list_shows_what_the_form_asks_for_and_finds_a_matter_by_either_number()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{counter.Hall.Id}");
        var own = "OWN-" + counter.Hall.Id;
        var card = await AcceptAsync(officer, counter, own);
        var number = Number().Match(card).Groups[1].Value;

        foreach (var query in new[] { "", "?number=" + own, "?number=" + number, "?stage=open&visits=1&place=" + counter.Hall.Id })
            Assert.Contains(number, (await officer.OpenAsync("/matters" + query)).Text, StringComparison.Ordinal);
        foreach (var query in new[] { "?number=other", "?stage=completed", "?broken=on", "?place=" + counter.Hall.Window })
            Assert.DoesNotContain("data-matter=", (await officer.OpenAsync("/matters" + query)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.OpenAsync("/matters?stage=nowhere")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.OpenAsync("/matters?place=" + site.ForeignHall.Id)).Status);
        Assert.Contains("在办 1", (await officer.OpenAsync("/matters", "zh-CN")).Text, StringComparison.Ordinal);
        Assert.Contains("href=\"/matters\"", (await officer.OpenAsync("/cases")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_a_pending_deadline_from_one_that_waits_for_documents()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{counter.Hall.Id}");
        var waiting = counter.Acceptance();
        var pending = counter.Acceptance();
        // Years ahead, whose holidays nobody has announced.
        (pending["limit"], pending["missing"]) = ("999wd", new JsonArray());
        var (waits, runs) = ((string)(await counter.AcceptAsync(waiting)).Json["id"]!, (string)(await counter.AcceptAsync(pending)).Json["id"]!);

        var list = (await officer.OpenAsync("/matters", "zh-CN")).Text;
        var rows = (await counter.GetAsync(MatterCounter.Path)).Json["matters"]!.AsArray().ToDictionary(row => (string)row!["id"]!, row => (bool)row!["pending"]!);

        Assert.Contains("待定", RowOf(list, runs), StringComparison.Ordinal);
        Assert.DoesNotContain("等待补正材料", RowOf(list, runs), StringComparison.Ordinal);
        Assert.Contains("等待补正材料", RowOf(list, waits), StringComparison.Ordinal);
        Assert.Equal((true, false), (rows[runs], rows[waits]));
    }

    [Fact]
    public async Task A_stale_form_changes_nothing_and_shows_the_fresh_card()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{counter.Hall.Id}");
        var old = await AcceptAsync(officer, counter);
        await StepAsync(officer, old, "supplement", ("documents", "d1"));

        var stale = await SendAsync(officer, old, "visit", ("asked", "租赁合同"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Contains("Somebody changed the matter since", stale.Text, StringComparison.Ordinal);
        Assert.Contains("租赁合同</textarea>", stale.Text, StringComparison.Ordinal);
        Assert.Contains("Documents handed in: 营业执照副本", stale.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("asked for late", stale.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_accepted_is_told_in_the_pages_language_and_nothing_that_was_typed_is_lost()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{counter.Hall.Id}");
        var seal = await officer.SealAsync("/matters/new");

        foreach (var (field, value, status) in new[]
        {
            ("place", site.ForeignHall.Id, HttpStatusCode.NotFound), ("item", "no-such-item", HttpStatusCode.NotFound), ("limit", "soon", HttpStatusCode.BadRequest),
            ("title1", "电话13812345678", HttpStatusCode.BadRequest), ("how1", "later", HttpStatusCode.BadRequest), ("number", "", HttpStatusCode.BadRequest),
        })
        {
            var form = Form(counter, "N-1").Where(one => one.Item1 != field).Append((field, value)).Prepend(("form", seal)).ToArray();
            var refused = await Clerk.ReadAsync(await officer.SendAsync("/matters/new", form));
            Assert.Equal((field, status), (field, refused.Status));
            Assert.Contains("role=\"alert\"", refused.Text, StringComparison.Ordinal);
            Assert.Contains(field == "title1" ? "N-1" : "营业执照副本", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_matter_of_elsewhere_looks_like_none()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        using var stranger = await Clerk.SignInAsync(site, $"case-officer@{site.ForeignHall.Id}");
        var matter = await counter.AcceptedAsync();

        var (foreign, missing) = (await stranger.OpenAsync("/matters/" + matter["id"]), await stranger.OpenAsync("/matters/mAAAAAAAAAAAAAAAAAAAAAA"));

        Assert.Equal((HttpStatusCode.NotFound, missing.Text), (foreign.Status, foreign.Text));
        Assert.DoesNotContain((string)matter["id"]!, (await stranger.OpenAsync("/matters")).Text, StringComparison.Ordinal);
        var sent = await stranger.Browser.PostAsync("/matters/" + matter["id"], ("form", await stranger.SealAsync("/matters/new")), ("version", "1"), ("step", "complete"), ("result", "granted"));
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
        Assert.Equal("open", (string?)(await counter.GetAsync($"{MatterCounter.Path}/{matter["id"]}")).Json["stage"]);
    }

    private static (string, string)[] Form(MatterCounter counter, string number) =>
    [
        ("way", "window"), ("place", counter.Hall.Id), ("number", number), ("item", counter.Item), ("limit", "10wd"), ("title1", "营业执照副本"), ("how1", "ordinary"),
    ];

    private static async Task<string> AcceptAsync(Clerk officer, MatterCounter counter, string? number = null)
    {
        var seal = await officer.SealAsync("/matters/new");
        var accepted = await officer.SendAsync("/matters/new", [("form", seal), .. Form(counter, number ?? Some.Id())]);
        Assert.True(accepted.StatusCode == HttpStatusCode.Redirect, await accepted.Content.ReadAsStringAsync());
        return (await officer.OpenAsync(accepted.Headers.Location!.ToString())).Text;
    }

    private static async Task<string> StepAsync(Clerk officer, string card, string step, params (string, string)[] fields)
    {
        var done = await SendAsync(officer, card, step, fields);
        Assert.True(done.Status == HttpStatusCode.Redirect, step + done.Text);
        return (await officer.OpenAsync(AddressOf(card))).Text;
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(Clerk officer, string card, string step, params (string, string)[] fields) =>
        await Clerk.ReadAsync(await officer.SendAsync(AddressOf(card), [("form", Visitor.SealOf(card)), ("step", step), ("version", Version().Match(card).Groups[1].Value), ("request", Some.Id()), .. fields]));

    private static string RowOf(string list, string matter)
    {
        var from = list.IndexOf($"data-matter=\"{matter}\"", StringComparison.Ordinal);
        return list[from..list.IndexOf("</tr>", from, StringComparison.Ordinal)];
    }

    private static string AddressOf(string card) => "/matters/" + Address().Match(card).Groups[1].Value;

    private static string Next(string card) => NextStep().Match(card).Groups[1].Value;

    [GeneratedRegex("href=\"(/api/v1/service-matters/[^\"]+)\"")]
    private static partial Regex Notices();

    [GeneratedRegex("/service-matters/(m[A-Za-z0-9_-]{22})/notice")]
    private static partial Regex Address();

    [GeneratedRegex("id=\"next-title\">([^<]+)<")]
    private static partial Regex NextStep();

    [GeneratedRegex("class=\"digits\">([^<]+)<")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Version();
}
