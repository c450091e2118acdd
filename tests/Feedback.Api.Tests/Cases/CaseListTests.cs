using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Lists of cases: of one's own units, by filters, page by page, and searches in them.</summary>
[Collection(OneSite.Name)]
public sealed class CaseListTests(RunningSite site)
{
    [Fact]
    public async Task Filters_let_through_what_they_say_and_counts_tell_the_stages()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        var first = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Windows[0])))["id"]!;
        var second = (string)(await other.FileAsync(CaseWorker.Filing(hall.Windows[1], kind: "question").With(("category", "fees"))))["id"]!;
        await officer.DoAsync(first, "handle", new JsonObject { ["result"] = "done" });
        await supervisor.DoAsync(first, "supervise", new JsonObject { ["reason"] = "重点督办" });

        async Task<string[]> ListAsync(string query)
        {
            var answer = await officer.GetAsync($"cases?node={hall.Id}&{query}");
            Assert.True(answer.Status == 200, answer.Text);
            return [.. answer.Json["cases"]!.AsArray().Select(one => (string)one!["id"]!)];
        }

        Assert.Equal([second, first], await ListAsync(""));
        Assert.Equal([first], (await officer.GetAsync("cases?node=" + hall.Windows[0])).Json["cases"]!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal([second], await ListAsync("kind=question,praise"));
        Assert.Equal([first], await ListAsync("stage=handled"));
        // What is below a category belongs to it.
        Assert.Equal([second, first], await ListAsync("category=service"));
        Assert.Equal([second], await ListAsync("category=fees"));
        Assert.Equal([first], await ListAsync("owner=me"));
        Assert.Equal([first], await ListAsync("view=mine"));
        Assert.Equal([second], await ListAsync("owner=" + other.Name));
        Assert.Equal([first], await ListAsync("view=supervised"));
        Assert.Equal([first], await ListAsync("view=to-supervise"));
        Assert.Empty(await ListAsync("view=overdue"));
        Assert.Empty(await ListAsync("view=to-call-back"));
        Assert.Equal([second, first], await ListAsync($"from={Some.Day():yyyy-MM-dd}&to={Some.Day(-1):yyyy-MM-dd}"));
        Assert.Empty(await ListAsync($"to={Some.Day():yyyy-MM-dd}"));
        var counts = (await officer.GetAsync($"cases?node={hall.Id}&stage=handled")).Json["counts"]!;
        Assert.Equal((1, 1), ((int)counts["registered"]!, (int)counts["handled"]!));
    }

    [Fact]
    public async Task What_was_urged_is_to_be_supervised_until_it_is_answered()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        await officer.FileAsync(CaseWorker.Filing(hall.Window));

        async Task<string[]> ListAsync() => [.. (await supervisor.GetAsync("cases?view=to-supervise")).Json["cases"]!.AsArray().Select(one => (string)one!["id"]!)];

        Assert.Empty(await ListAsync());
        await supervisor.DoAsync(id, "urge", new JsonObject { ["reason"] = "群众多次来电催问" });
        Assert.Equal([id], await ListAsync());
        await officer.AnswerAsync(id);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_merged_case_is_among_the_open_ones_until_its_citizen_is_told()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        var survivor = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var merged = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        await supervisor.DoAsync(merged, "urge", new JsonObject { ["reason"] = "群众多次来电催问" });

        Assert.Null((string?)(await officer.DoAsync(merged, "merge", new JsonObject { ["into"] = survivor }))["closedAt"]);
        Assert.Equal(new[] { survivor, merged }.Order(), (await ListAsync(officer, "mine")).Order());
        Assert.Equal([merged], await ListAsync(supervisor, "to-supervise"));

        await officer.DoAsync(merged, "give-feedback", new JsonObject { ["channel"] = "phone", ["outcome"] = "reached", ["words"] = "已整改" });
        Assert.Equal([survivor], await ListAsync(officer, "mine"));
        Assert.Empty(await ListAsync(supervisor, "to-supervise"));

        static async Task<string[]> ListAsync(CaseWorker worker, string view) =>
            [.. (await worker.GetAsync("cases?view=" + view)).Json["cases"]!.AsArray().Select(one => (string)one!["id"]!)];
    }

    [Fact]
    public async Task A_unit_that_helps_finds_the_case_and_what_it_may_do_with_it()
    {
        var (hall, helping, stranger) = (await site.NewHallAsync(), await site.NewHallAsync(), await site.NewHallAsync());
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var helper = await CaseWorker.SignInAsync(site, $"case-officer@{helping.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{helping.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{stranger.Id}");
        var filed = await officer.FileAsync(CaseWorker.Filing(hall.Window));
        var id = (string)filed["id"]!;
        Assert.Empty((await helper.GetAsync("cases")).Json["cases"]!.AsArray());

        await officer.DoAsync(id, "dispatch", new JsonObject { ["lead"] = hall.Id, ["assisting"] = new JsonArray(helping.Id) });

        foreach (var query in new[] { "", "?unit=" + helping.Id, "?node=" + helping.Id, "?q=" + filed["number"], $"?unit={helping.Id}&stage=dispatched" })
        {
            var row = Assert.Single((await helper.GetAsync("cases" + query)).Json["cases"]!.AsArray())!;
            Assert.Equal((id, helping.Id), ((string)row["id"]!, (string)Assert.Single(row["assisting"]!.AsArray())!["id"]!));
        }

        // The lead unit signs for it; whoever helps does the rest.
        var steps = (await helper.GetAsync("cases/" + id)).Json["steps"]!.AsArray().Select(step => (string)step!).ToList();
        Assert.Contains("ask-extension", steps);
        Assert.DoesNotContain("sign-for", steps);
        // Supervision watches over who answers for a case, and not over who helps.
        foreach (var nobody in new[] { supervisor, other })
        {
            Assert.Empty((await nobody.GetAsync("cases")).Json["cases"]!.AsArray());
            Assert.Empty((await nobody.GetAsync("cases?q=" + filed["number"])).Json["cases"]!.AsArray());
            Assert.Equal(404, (await nobody.GetAsync("cases/" + id)).Status);
        }

        var foreign = await helper.GetAsync("cases?unit=" + stranger.Id);
        Assert.Equal((404, "node-unknown", "unit"), (foreign.Status, foreign.Code, foreign.Field));
        await officer.DoAsync(id, "dispatch", new JsonObject { ["lead"] = hall.Id });
        Assert.Empty((await helper.GetAsync("cases")).Json["cases"]!.AsArray());
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        for (var filed = 0; filed < 5; filed++)
            await officer.FileAsync(CaseWorker.Filing(hall.Window));

        foreach (var order in new[] { "newest", "due" })
        {
            var (seen, after) = (new List<string>(), (string?)null);
            do
            {
                var page = (await officer.GetAsync($"cases?order={order}&limit=2{(after is null ? "" : "&after=" + after)}")).Json;
                seen.AddRange(page["cases"]!.AsArray().Select(one => (string)one!["id"]!));
                Assert.Equal(page["next"] is not null, (bool)page["more"]!);
                after = (string?)page["next"];
            }
            while (after is not null);
            Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
        }
    }

    [Fact]
    public async Task Those_at_a_window_see_the_cases_that_they_own_and_no_others()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await CaseWorker.SignInAsync(site, $"window-staff@{hall.Window}");
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var own = (string)(await clerk.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var others = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;

        Assert.Equal([own], (await clerk.GetAsync("cases")).Json["cases"]!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal((200, 404), ((await clerk.GetAsync("cases/" + own)).Status, (await clerk.GetAsync("cases/" + others)).Status));
        Assert.Equal(2, (await officer.GetAsync("cases")).Json["cases"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_number_finds_its_case_and_words_find_those_that_speak_of_them_for_who_may_read()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var manager = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id}");
        var wanted = await officer.FileAsync(CaseWorker.Filing(hall.Window, "轮椅坡道被堵"));
        await officer.FileAsync(CaseWorker.Filing(hall.Window, "叫号机坏了"));

        var byNumber = (await manager.GetAsync("cases?stage=closed&q=" + ((string)wanted["number"]!).Replace("-", "", StringComparison.Ordinal))).Json;
        var byWords = (await officer.GetAsync($"cases?node={hall.Id}&q=轮椅")).Json;
        var notAllowed = (await manager.GetAsync($"cases?node={hall.Id}&q=轮椅")).Json;

        Assert.Equal((string)wanted["id"]!, (string)Assert.Single(byNumber["cases"]!.AsArray())!["id"]!);
        Assert.Equal(((string)wanted["id"]!, 2, false), ((string)Assert.Single(byWords["cases"]!.AsArray())!["id"]!, (int)byWords["searched"]!, (bool)byWords["more"]!));
        Assert.Empty(notAllowed["cases"]!.AsArray());
        Assert.Null(notAllowed["searched"]);
    }

    [Fact]
    public async Task A_search_that_fills_its_page_says_where_it_goes_on()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        for (var filed = 0; filed < 3; filed++)
            await officer.FileAsync(CaseWorker.Filing(hall.Window, "电梯停运"));

        var first = (await officer.GetAsync($"cases?node={hall.Id}&q=电梯&limit=2")).Json;
        var rest = (await officer.GetAsync($"cases?node={hall.Id}&q=电梯&limit=2&after={first["next"]}")).Json;

        Assert.Equal((2, true, 2), (first["cases"]!.AsArray().Count, (bool)first["more"]!, (int)first["searched"]!));
        Assert.Equal((1, false, 1), (rest["cases"]!.AsArray().Count, (bool)rest["more"]!, (int)rest["searched"]!));
    }

    [Theory]
    [InlineData("view=everything", "word-unknown", "view")]
    [InlineData("order=oldest", "word-unknown", "order")]
    [InlineData("kind=dance", "word-unknown", "kind")]
    [InlineData("stage=done", "word-unknown", "stage")]
    [InlineData("after=x", "cursor-invalid", "after")]
    [InlineData("limit=0", "count-invalid", "limit")]
    [InlineData("from=yesterday", "day-invalid", "from")]
    [InlineData("from=2026-02-02&to=2026-02-02", "period-empty", "to")]
    public async Task What_cannot_be_asked_is_refused_by_name(string query, string code, string field)
    {
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{site.District}");
        var answer = await officer.GetAsync("cases?" + query);
        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task Likely_duplicates_come_first_with_their_reasons()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var id = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, "一号窗口等了三个小时，态度很差")))["id"]!;
        var alike = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, "在一号窗口等了三个小时，态度差")))["id"]!;
        var kind = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, "收费不合理").With(("category", "fees"))))["id"]!;
        await officer.FileAsync(CaseWorker.Filing(hall.Windows[1], "一号窗口等了三个小时，态度很差"));
        await officer.FileAsync(CaseWorker.Filing(hall.Window, "谢谢", kind: "praise").With(("category", "facilities")));
        var closed = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window, "一号窗口等了三个小时，态度很差")))["id"]!;
        await officer.DoAsync(closed, "merge", new JsonObject { ["into"] = alike });

        var found = (await officer.GetAsync($"cases/{id}/duplicates")).Json["candidates"]!.AsArray();

        Assert.Equal([alike, kind], found.Select(one => (string)one!["case"]!["id"]!));
        Assert.Equal(["same-category", "same-kind", "same-day", "similar-words"], found[0]!["reasons"]!.AsArray().Select(reason => (string)reason!));
        Assert.Equal(["same-kind", "same-day"], found[1]!["reasons"]!.AsArray().Select(reason => (string)reason!));
        Assert.InRange((int)found[0]!["likeness"]!, 30, 99);
    }

    [Fact]
    public async Task What_one_files_about_the_window_and_another_about_the_hall_may_be_the_same()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var window = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var other = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Windows[1])))["id"]!;
        var whole = (string)(await officer.FileAsync(CaseWorker.Filing(hall.Id)))["id"]!;
        // Of the same kind, and about something else elsewhere.
        await officer.FileAsync(CaseWorker.Filing(hall.Id).With(("category", "fees")));

        Assert.Equal([whole], await DuplicatesAsync(window));
        Assert.Equal(new[] { window, other }.Order(), (await DuplicatesAsync(whole)).Take(2).Order());

        async Task<string[]> DuplicatesAsync(string id) =>
            [.. (await officer.GetAsync($"cases/{id}/duplicates")).Json["candidates"]!.AsArray().Select(one => (string)one!["case"]!["id"]!)];
    }
}
