using System.Net;
using Feedback.Api.Cases;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Cases;

/// <summary>Citizens follow their case, and say whether it is solved.</summary>
[Collection(OneSite.Name)]
public sealed class CitizenTrackingTests(RunningSite site)
{
    [Theory]
    [InlineData("en", "How it stands", "The office says it is done", "You confirmed that it is solved: Very satisfied", "Closed, as you confirmed", "First reply")]
    [InlineData("zh-CN", "办理情况", "单位称已办完", "您确认已解决：非常满意", "您确认后已结案", "首次答复")]
    public async Task A_citizen_files_follows_is_answered_and_confirms(string language, string title, string claimed, string confirmed, string closed, string promised)
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);

        var filed = await citizen.FileAsync(hall.Window, "等了两个小时", language: language);
        var card = await citizen.TextAsync(filed, language);
        Assert.Contains(promised, card, StringComparison.Ordinal);
        var (number, queryCode) = CardOf(card);
        var found = await citizen.PostInAsync(language, "/track", ("number", $" {number.Replace("-", " ", StringComparison.Ordinal)} "), ("code", queryCode));
        Assert.Equal((HttpStatusCode.SeeOther, TrackOf(filed)), (found.StatusCode, found.Headers.Location!.ToString().Split('?')[0]));

        await site.AnswerAsync(site.CaseOf(filed), "已换发新证，抱歉让您久等");
        var answered = await citizen.TextAsync(TrackOf(filed), language);
        foreach (var told in new[] { title, claimed, number, "等了两个小时", "已换发新证，抱歉让您久等" })
            Assert.Contains(told, answered, StringComparison.Ordinal);
        foreach (var untold in new[] { "内部备注", "account:", closed })
            Assert.DoesNotContain(untold, answered, StringComparison.Ordinal);

        var done = await citizen.PostInAsync(language, TrackOf(filed) + "/confirm", ("id", IdOf(answered)), ("grade", "5"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var after = await citizen.TextAsync(done.Headers.Location!.ToString(), language);
        Assert.Contains(confirmed, after, StringComparison.Ordinal);
        Assert.Contains(closed, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_that_it_is_not_solved_must_say_why_and_it_is_handled_again()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "一楼没有坡道"));
        await site.AnswerAsync(site.CaseOf(track), "已安排");
        var id = IdOf(await citizen.TextAsync(track));

        var silent = await citizen.PostAsync(track + "/dispute", ("id", id), ("words", " "));
        var said = await citizen.PostAsync(track + "/dispute", ("id", id), ("words", "<i>还是没有</i>"));
        var again = await citizen.PostAsync(track + "/dispute", ("id", id), ("words", "<i>还是没有</i>"));

        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Contains("Please write what is still wrong.", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, said.Headers.Location), (again.StatusCode, again.Headers.Location));
        var raw = await (await citizen.GetAsync(said.Headers.Location!.ToString())).Content.ReadAsStringAsync();
        Assert.Contains("It is handled again.", raw, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", raw, StringComparison.Ordinal);
        Assert.Single(Counted(WebUtility.HtmlDecode(raw), "You said that it is not solved"));
    }

    [Fact]
    public async Task Who_opened_it_again_as_often_as_is_possible_is_offered_it_no_more_and_told_so()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "一楼没有坡道"));
        var id = site.CaseOf(track);

        foreach (var time in new[] { "first", "second" })
        {
            await CloseAsync();
            Assert.Contains(track + "/reopen", await citizen.TextAsync(track), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.SeeOther, (await ReopenAsync(time)).StatusCode);
        }

        await CloseAsync();
        Assert.DoesNotContain(track + "/reopen", await citizen.TextAsync(track), StringComparison.Ordinal);
        var third = await ReopenAsync("third");
        Assert.Equal(HttpStatusCode.Conflict, third.StatusCode);
        Assert.Contains("It was opened again as often as is possible.", await Decoded(third), StringComparison.Ordinal);

        async Task CloseAsync()
        {
            await site.AnswerAsync(id, "已安排");
            await site.OfficeAsync(id, new CloseCase());
        }

        Task<HttpResponseMessage> ReopenAsync(string request) => citizen.PostAsync(track + "/reopen", ("id", request), ("reason", "came-back"), ("words", "还是没有"));
    }

    [Fact]
    public async Task Asking_to_hurry_counts_once_a_day_and_only_while_it_is_open()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "何时开门", kind: "question"));

        await citizen.PostAsync(track + "/urge", ("id", "1"));
        await citizen.PostAsync(track + "/urge", ("id", "2"));
        var page = await citizen.TextAsync(track);
        Assert.Contains("You asked them to hurry today.", page, StringComparison.Ordinal);
        Assert.Equal(2, Counted(page, "You asked them to hurry").Count());

        await site.AnswerAsync(site.CaseOf(track), "九点");
        Assert.DoesNotContain("/urge", await citizen.TextAsync(track), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_of_the_matter_that_it_goes_on_as_stands_under_its_own_code_too()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var (kept, merged) = (TrackOf(await citizen.FileAsync(hall.Window, "灯坏了")), TrackOf(await citizen.FileAsync(hall.Window, "灯又坏了")));
        await site.OfficeAsync(site.CaseOf(merged), new MergeCase(site.CaseOf(kept), null));
        Assert.Contains("Its answer will stand here, too.", await citizen.TextAsync(merged), StringComparison.Ordinal);

        await site.AnswerAsync(site.CaseOf(kept), "已换新灯");
        await site.OfficeAsync(site.CaseOf(kept), new CloseCase());

        var page = await TestSupport.Wait.ForAsync<string>("the answer stands under the other code", async () =>
            await citizen.TextAsync(merged) is var text && text.Contains("已换新灯", StringComparison.Ordinal) ? text : null);
        Assert.DoesNotContain(FilingCitizen.CodeOf(kept), page, StringComparison.Ordinal);
        Assert.DoesNotContain("灯坏了", page, StringComparison.Ordinal);

        // Whoever has the answer says under their own code that it is not solved; the other citizen reads nothing of it.
        Assert.Contains("it goes on to those who handle it", page, StringComparison.Ordinal);
        Assert.Contains("/confirm\"", page, StringComparison.Ordinal);
        var said = await citizen.PostAsync(merged + "/reopen", ("id", "r-1"), ("reason", CaseReasons.NotSolved), ("words", "灯还是不亮"));
        Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
        Assert.Equal(CaseStage.Handling, (await site.Service<CaseRecords>().FindAsync(site.CaseOf(kept)))!.State.Stage);
        var (own, others) = (await citizen.TextAsync(merged), await citizen.TextAsync(kept));
        Assert.Contains("灯还是不亮", own, StringComparison.Ordinal);
        Assert.DoesNotContain("/reopen\"", own, StringComparison.Ordinal);
        Assert.Contains("It was opened again", others, StringComparison.Ordinal);
        Assert.DoesNotContain("灯还是不亮", others, StringComparison.Ordinal);
        Assert.DoesNotContain("citizen:q", own + others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_wrong_about_number_or_code_the_refusal_is_the_same()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var (number, code) = CardOf(await citizen.TextAsync(await citizen.FileAsync(hall.Window, "等了两个小时")));
        var wrongCode = code == "000000" ? "000001" : "000000";
        var wrongDigit = number[..^1] + (number[^1] == '0' ? '1' : '0');

        var refusals = new HashSet<string>();
        foreach (var (triedNumber, triedCode) in new[] { (number, wrongCode), (wrongDigit, code), ("20260101-0000000-0", code), (number, "") })
        {
            var answer = await citizen.PostAsync("/track", ("number", triedNumber), ("code", triedCode));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            refusals.Add((await answer.Content.ReadAsStringAsync()).Replace(triedNumber, "NUMBER", StringComparison.Ordinal));
        }

        Assert.Contains("There is no such matter, or the code does not fit.", Assert.Single(refusals), StringComparison.Ordinal);
        foreach (var path in new[] { "/track/x", "/filed/x", "/track/" + new string('A', 44) })
            Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Pages_with_a_code_in_their_address_are_kept_nowhere_and_the_address_is_told_to_no_other_site()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var filed = await citizen.FileAsync(hall.Window, "等了两个小时");

        foreach (var path in new[] { "/file", "/track", filed, TrackOf(filed) })
        {
            var answer = await citizen.GetAsync(path);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task A_citizen_saves_the_files_they_sent_and_no_browser_shows_them()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var (track, other) = (TrackOf(await citizen.FileAsync(hall.Window, "等了两个小时")), TrackOf(await citizen.FileAsync(hall.Window, "又等了两个小时")));
        foreach (var (actor, file) in new[] { (CaseActor.Citizen, SomeFile.Png), (Clerk, SomeFile.Pdf) })
            Assert.Null((await site.Service<CaseCalls>().PerformAsync(site.CaseOf(track), new CaseRequest(new AttachFile(default, "image/png", 0, default), actor) { File = file, Id = Some.Id() })).Refusal);

        var page = await citizen.TextAsync(track);
        var address = Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "href=\"(/track/[^\"]+/files/[^\"]+)\"")).Groups[1].Value;
        var saved = await citizen.GetAsync(address);

        Assert.Equal(SomeFile.Png, await saved.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);
        Assert.StartsWith("sandbox", Assert.Single(saved.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(("nosniff", true), (Assert.Single(saved.Headers.GetValues("X-Content-Type-Options")), saved.Headers.CacheControl!.NoStore));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(address.Replace(track, other, StringComparison.Ordinal))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(track + "/files/AAAAAAAAAAAAAAAAAAAAAA")).StatusCode);
    }

    [Fact]
    public async Task The_language_that_was_chosen_stays()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var track = TrackOf(await citizen.FileAsync(hall.Window, "等了两个小时"));

        Assert.Contains("How it stands", await citizen.TextAsync(track), StringComparison.Ordinal);
        var back = await citizen.GetAsync("/language?to=zh&back=" + Uri.EscapeDataString(track));
        Assert.Equal(track, back.Headers.Location!.ToString());
        Assert.Contains("办理情况", await citizen.TextAsync(track), StringComparison.Ordinal);
        Assert.Contains("请写下还有什么没解决", await Decoded(await citizen.PostAsync(track + "/dispute", ("id", "x"))), StringComparison.Ordinal);
    }

    private static IEnumerable<int> Counted(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
            yield return at;
    }

    private static async Task<string> Decoded(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
}
