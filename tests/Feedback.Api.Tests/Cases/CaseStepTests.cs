using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What the office does with a case, and what it may not.</summary>
[Collection(OneSite.Name)]
public sealed class CaseStepTests(RunningSite site)
{
    [Fact]
    public async Task A_complaint_is_handled_answered_called_back_and_closed_by_steps_that_the_case_tells()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;

        Assert.Contains("handle", StepsOf(await officer.GetAsync("cases/" + id)));
        Assert.DoesNotContain("close", StepsOf(await officer.GetAsync("cases/" + id)));
        await officer.AnswerAsync(id);
        var called = await supervisor.DoAsync(id, "call-back", new JsonObject { ["reached"] = true, ["solved"] = true, ["grade"] = 4, ["words"] = "满意" });
        Assert.Equal("answered", (string)called["stage"]!);
        var closed = await officer.DoAsync(id, "close");

        Assert.Equal(("closed", "confirmed", true), ((string)closed["stage"]!, (string)closed["ending"]!, (bool)closed["solved"]!));
        Assert.Equal(
            ["opened", "owner-named", "handled", "feedback-given", "called-back", "closed"],
            closed["timeline"]!.AsArray().Select(one => (string)one!["what"]!).Where(what => what != "clock-marked"));
        Assert.Equal(["text", "note", "words", "words"], closed["texts"]!.AsArray().Select(one => (string)one!["what"]!));
    }

    [Theory]
    [InlineData("close", "{}", 409, "answer-missing")]
    [InlineData("sign-for", "{}", 409, "step-not-now")]
    [InlineData("reopen", """{"reason":"again"}""", 409, "step-not-now")]
    [InlineData("give-feedback", """{"channel":"phone","outcome":"reached","words":"好"}""", 409, "step-not-now")]
    [InlineData("supervise", """{"reason":"late"}""", 403, "step-not-yours")]
    [InlineData("confirm", "{}", 403, "step-not-yours")]
    [InlineData("absorb", "{}", 400, "step-unknown")]
    [InlineData("dance", "{}", 400, "step-unknown")]
    [InlineData("categorise", """{"category":"no-such"}""", 400, "category-unknown")]
    [InlineData("dispatch", """{"lead":"n999999"}""", 404, "node-unknown")]
    [InlineData("merge", """{"into":"qAAAAAAAAAAAAAAAAAAAAAA"}""", 404, "case-unknown")]
    [InlineData("note-progress", """{"told":true}""", 400, "words-missing")]
    [InlineData("close", """{"words":"完"}""", 400, "words-not-here")]
    [InlineData("handle", """{"result":"13912345678"}""", 400, "member-personal")]
    [InlineData("handle", """{"stage":"closed"}""", 400, "member-unknown")]
    [InlineData("name-persons", "{}", 400, "member-missing")]
    [InlineData("name-persons", """{"about":["s-nobody-at-all"]}""", 400, "staff-unknown")]
    [InlineData("name-owner", """{"owner":"nobody-at-all"}""", 404, "account-unknown")]
    public async Task What_is_not_possible_is_refused_and_changes_nothing(string step, string input, int status, string code)
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var before = await officer.GetAsync("cases/" + id);

        var answer = await officer.StepAsync(id, step, (JsonObject)JsonNode.Parse(input)!);

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(before.Text, (await officer.GetAsync("cases/" + id)).Text);
    }

    [Fact]
    public async Task Nothing_is_merged_into_itself()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(CaseWorker.Filing(hall.Window));
        var id = (string)filed["id"]!;

        var answer = await officer.StepAsync(id, "merge", new JsonObject { ["into"] = (string)filed["number"]! });

        Assert.Equal((400, "merge-into-itself"), (answer.Status, answer.Code));
        Assert.Equal("registered", (string)(await officer.GetAsync("cases/" + id)).Json["stage"]!);
    }

    [Fact]
    public async Task Whoever_saw_an_older_version_changes_nothing_and_whoever_saw_none_is_asked()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var seen = (await officer.GetAsync("cases/" + id)).Headers.ETag!.Tag;
        var note = new JsonObject { ["words"] = "已联系窗口" };
        var first = await officer.StepAsync(id, "note-progress", note, seen);

        var late = await officer.StepAsync(id, "note-progress", note, seen);
        var silent = await officer.PostAsync($"cases/{id}/steps/note-progress", note);
        var odd = await officer.StepAsync(id, "note-progress", note, "\"w/x\"");

        Assert.Equal((200, 412, "version-stale"), (first.Status, late.Status, late.Code));
        Assert.Equal((428, "if-match-missing", 412), (silent.Status, silent.Code, odd.Status));
        Assert.Equal(first.Headers.ETag!.Tag, (await officer.GetAsync("cases/" + id)).Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_retry_with_the_same_id_is_done_once()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var seen = (await officer.GetAsync("cases/" + id)).Headers.ETag!.Tag;
        var note = new JsonObject { ["id"] = "r-1", ["words"] = "已联系窗口" };

        var (first, again) = (await officer.StepAsync(id, "note-progress", note, seen), await officer.StepAsync(id, "note-progress", note, seen));

        Assert.Equal((200, 200, first.Text), (first.Status, again.Status, again.Text));
    }

    [Fact]
    public async Task Reasons_stand_in_the_timeline_without_what_gives_persons_away_and_words_never_do()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        await officer.DoAsync(id, "note-progress", new JsonObject { ["words"] = "当事人张三来电", ["told"] = true });

        var shown = await officer.StepAsync(id, "dispatch", new JsonObject { ["lead"] = hall.Id, ["reason"] = "请联系 13912345678 后转办" });

        var timeline = shown.Text[shown.Text.IndexOf("\"timeline\"", StringComparison.Ordinal)..shown.Text.IndexOf("\"texts\"", StringComparison.Ordinal)];
        Assert.Contains("后转办", timeline, StringComparison.Ordinal);
        Assert.All(["13912345678", "张三", "三个小时"], text => Assert.DoesNotContain(text, timeline, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_sends_a_case_on_to_others_is_told_that_it_went()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var filer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var helper = await CaseWorker.SignInAsync(site, $"case-officer@{other.Id}");
        var id = (string)(await filer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        Assert.Equal(404, (await helper.GetAsync("cases/" + id)).Status);
        await filer.DoAsync(id, "dispatch", new JsonObject { ["lead"] = other.Id });
        Assert.Equal(200, (await helper.GetAsync("cases/" + id)).Status);

        var sent = await helper.StepAsync(id, "dispatch", new JsonObject { ["lead"] = hall.Id });

        Assert.Equal((204, 404), (sent.Status, (await helper.GetAsync("cases/" + id)).Status));
    }

    private static List<string> StepsOf(Answer answer) => [.. answer.Json["steps"]!.AsArray().Select(step => (string)step!)];
}
