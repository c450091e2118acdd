using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Who is shown what of a case.</summary>
[Collection(OneSite.Name)]
public sealed class CaseSightTests(RunningSite site)
{
    [Fact]
    public async Task A_case_tells_its_clocks_with_how_their_deadlines_came_about()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var answer = await officer.GetAsync("cases/" + (await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]);

        var clocks = answer.Json["clocks"]!.AsArray();
        Assert.Equal(["first-response", "progress", "completion"], clocks.Select(clock => (string)clock!["clock"]!));
        Assert.All(clocks, clock =>
        {
            Assert.Equal("running", (string)clock!["state"]!);
            Assert.NotEmpty(clock["explanationZh"]!.AsArray());
            Assert.Equal(clock["explanationZh"]!.AsArray().Count, clock["explanationEn"]!.AsArray().Count);
            // Due at a time, or pending a year that nobody announced yet; never a guess.
            Assert.NotEqual(clock["deadline"] is null, clock["pending"] is null);
        });
        Assert.Equal($"\"{answer.Json["version"]}\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_case_of_others_looks_like_one_that_does_not_exist()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var stranger = await CaseWorker.SignInAsync(site, $"case-officer@{other.Id}");
        var filed = await officer.FileAsync(CaseWorker.Filing(hall.Window));
        var id = (string)filed["id"]!;

        foreach (var path in new[] { "", "/duplicates", "/files/AAAAAAAAAAAAAAAAAAAAAA" })
            Assert.Equal((await stranger.GetAsync($"cases/qAAAAAAAAAAAAAAAAAAAAAA{path}")).Text, (await stranger.GetAsync($"cases/{id}{path}")).Text);
        Assert.Equal((404, "case-unknown"), CodeOf(await stranger.StepAsync(id, "categorise", new JsonObject { ["category"] = "other" })));
        Assert.Equal((404, "case-unknown"), CodeOf(await stranger.PostAsync($"cases/{id}/contact", Reason())));
        Assert.Equal((404, "case-unknown"), CodeOf(await stranger.SendFileAsync($"cases/{id}/files", SomeFile.Png, "image/png")));
        Assert.Equal(404, (await stranger.GetAsync("cases/" + filed["number"])).Status);
        Assert.Empty((await stranger.GetAsync("cases?q=" + filed["number"])).Json["cases"]!.AsArray());
        Assert.Equal("attitude", (string)(await officer.GetAsync("cases/" + id)).Json["category"]!);
    }

    [Fact]
    public async Task The_superior_of_whom_is_complained_of_reads_no_text_opens_no_file_and_learns_no_contact()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{site.District}");
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id} case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window).With(("about", new JsonArray(await site.NewStaffAsync())))))["id"]!;
        var file = (await officer.SendFileAsync($"cases/{id}/files", SomeFile.Png, "image/png")).Json["file"]!["file"];

        // Who leads which node is known some seconds after it changed.
        var shown = await Wait.ForAsync<JsonNode>("the head is recused", async () =>
            (await head.GetAsync("cases/" + id)).Json is var json && (string?)json["withheld"] == "recused" ? json : null, TimeSpan.FromSeconds(30));

        Assert.Empty(shown["texts"]!.AsArray());
        Assert.Null(shown["about"]);
        Assert.Empty(shown["steps"]!.AsArray());
        Assert.DoesNotContain("三个小时", (await head.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
        Assert.Contains("三个小时", (await officer.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
        Assert.Equal((403, "recused"), CodeOf(await head.GetAsync($"cases/{id}/files/{file}")));
        Assert.Equal((403, "recused"), CodeOf(await head.PostAsync($"cases/{id}/contact", Reason())));
        Assert.Equal((403, "recused"), CodeOf(await head.StepAsync(id, "note-progress", new JsonObject { ["words"] = "已说明", ["told"] = true })));
        Assert.Equal((403, "recused"), CodeOf(await head.StepAsync(id, "handle", new JsonObject { ["result"] = "done" })));
        Assert.Equal((403, "recused"), CodeOf(await head.StepAsync(id, "dispatch", new JsonObject { ["lead"] = hall.Id })));
        Assert.Null((await head.GetAsync($"cases?node={hall.Id}&q=三个小时")).Json["cases"]!.AsArray().FirstOrDefault());
    }

    [Fact]
    public async Task The_contact_is_told_for_a_reason_only()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var manager = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var anonymous = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, contact: null)))["id"]!;

        Assert.DoesNotContain("13912345678", (await officer.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
        Assert.Equal(400, (await officer.PostAsync($"cases/{id}/contact", new JsonObject { ["reason"] = "short" })).Status);
        Assert.Equal((403, "contact-not-yours"), CodeOf(await manager.PostAsync($"cases/{id}/contact", Reason())));
        var told = await officer.PostAsync($"cases/{id}/contact", Reason());
        Assert.Equal((200, "13912345678", "kept"), (told.Status, (string)told.Json["contact"]!, (string)told.Json["state"]!));
        Assert.Equal("none", (string)(await officer.PostAsync($"cases/{anonymous}/contact", Reason())).Json["state"]!);
    }

    [Fact]
    public async Task Whoever_must_tell_the_answer_or_call_back_is_told_the_contact_and_supervision_is_told_of_that()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var manager = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        using var elsewhere = await CaseWorker.SignInAsync(site, $"supervisor@{other.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        Assert.Equal((403, "contact-not-yours"), CodeOf(await supervisor.PostAsync($"cases/{id}/contact", Reason())));
        Assert.Empty((await supervisor.GetAsync("alerts")).Json["alerts"]!.AsArray());

        await officer.AnswerAsync(id);
        foreach (var caller in new[] { manager, supervisor })
        {
            var told = await caller.PostAsync($"cases/{id}/contact", Reason());
            Assert.Equal((200, "13912345678"), (told.Status, (string?)told.Json["contact"]));
        }

        var alerts = (await supervisor.GetAsync("alerts")).Json["alerts"]!.AsArray();
        Assert.Equal(
            [("contact-told", "account:" + supervisor.Name, id, null), ("contact-told", "account:" + manager.Name, id, null)],
            alerts.Select(alert => ((string)alert!["kind"]!, (string)alert["by"]!, (string)alert["case"]!, (string?)alert["window"])));
        Assert.All(alerts, alert => Assert.StartsWith("回访投诉人", (string)alert!["reason"]!, StringComparison.Ordinal));
        Assert.DoesNotContain("13912345678", alerts.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty((await elsewhere.GetAsync("alerts")).Json["alerts"]!.AsArray());

        await supervisor.DoAsync(id, "call-back", new JsonObject { ["reached"] = true, ["solved"] = true });
        await officer.DoAsync(id, "close");
        Assert.Equal((403, "contact-not-yours"), CodeOf(await manager.PostAsync($"cases/{id}/contact", Reason())));
    }

    [Fact]
    public async Task Whoever_is_recused_is_told_no_contact_when_it_is_time_to_call_either()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{site.District}");
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window).With(("about", new JsonArray(await site.NewStaffAsync())))))["id"]!;
        await officer.AnswerAsync(id);

        await Wait.ForAsync<JsonNode>("the head is recused", async () =>
            (await head.GetAsync("cases/" + id)).Json is var json && (string?)json["withheld"] == "recused" ? json : null, TimeSpan.FromSeconds(30));

        Assert.Equal((403, "recused"), CodeOf(await head.PostAsync($"cases/{id}/contact", Reason())));
        Assert.Empty((await supervisor.GetAsync("alerts")).Json["alerts"]!.AsArray());
    }

    [Fact]
    public async Task A_program_reads_texts_without_numbers_of_persons_and_takes_no_step()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, "请回电 13912345678")))["id"]!;
        var (here, elsewhere) = (await TokenAsync(hall.Id), await TokenAsync(site.ForeignHall.Id));

        var shown = await site.Client.GetAsync("/api/v1/cases/" + id, here);

        Assert.Equal(200, shown.Status);
        Assert.Empty(shown.Json["steps"]!.AsArray());
        Assert.DoesNotContain("13912345678", shown.Text, StringComparison.Ordinal);
        Assert.Contains("请回电", shown.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await site.Client.GetAsync("/api/v1/cases/" + id, elsewhere)).Status);
        Assert.Contains(id, (await site.Client.GetAsync("/api/v1/cases", here)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await site.Client.GetAsync("/api/v1/cases", elsewhere)).Text, StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync(string node)
    {
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(node), secret, site.Clock, [Permission.ReadCases]);
        return secret;
    }

    private static JsonObject Reason() => new() { ["reason"] = "回访投诉人核实情况，需电话联系" };

    private static (int, string?) CodeOf(Answer answer) => (answer.Status, answer.Code);
}
