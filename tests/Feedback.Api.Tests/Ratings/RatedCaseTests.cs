using System.Net;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Ratings;

/// <summary>Whoever rated badly reads what it led to where they look their rating up, and replies there.</summary>
[Collection(OneSite.Name)]
public sealed class RatedCaseTests(RunningSite site)
{
    private const string Words = "窗口已整改，抱歉让您久等";

    [Theory]
    [InlineData("en", "What it led to", "Your rating was taken up, to be looked into", "The office says it is done")]
    [InlineData("zh-CN", "核实与答复", "您的评价已转入核实", "单位称已办完")]
    public async Task What_a_bad_rating_led_to_stands_under_its_codes_from_the_first_word_to_the_citizen_on(string language, string led, string taken, string claimed)
    {
        var (receipt, id) = await RateBadlyAsync();
        using var citizen = new Visitor(site.Url);
        var path = PathOf(receipt);
        await site.OfficeAsync(id, new NoteProgress(null, Told: false), "内部备注：先调监控");
        Assert.DoesNotContain(led, await citizen.TextAsync(path, language), StringComparison.Ordinal);

        await site.OfficeAsync(id, new NoteProgress(null, Told: true), "正在核实，三日内答复");
        Assert.Contains("正在核实，三日内答复", await citizen.TextAsync(path, language), StringComparison.Ordinal);
        await AnswerAsync(id);

        var byNumber = await citizen.PostInAsync(language, "/counted", ("number", (string)receipt["number"]!), ("code", (string)receipt["queryCode"]!));
        foreach (var page in new[] { await citizen.TextAsync(path, language), WebUtility.HtmlDecode(await byNumber.Content.ReadAsStringAsync()) })
        {
            foreach (var told in new[] { led, taken, claimed, "正在核实，三日内答复", Words })
                Assert.Contains(told, page, StringComparison.Ordinal);
            foreach (var untold in new[] { "内部备注", "account:" })
                Assert.DoesNotContain(untold, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_holds_the_receipt_disputes_confirms_and_opens_again()
    {
        var (receipt, id) = await RateBadlyAsync();
        using var citizen = new Visitor(site.Url);
        await AnswerAsync(id);

        Assert.Equal(HttpStatusCode.SeeOther, (await StepAsync("dispute", ("words", "还是没人理"))).StatusCode);
        var state = await StateAsync(id);
        Assert.Equal((CaseStage.Handling, (bool?)false), (state.Stage, state.Solved));
        Assert.Contains("还是没人理", await citizen.TextAsync(PathOf(receipt)), StringComparison.Ordinal);

        await site.AnswerAsync(id, "已加派人手");
        Assert.Equal(HttpStatusCode.SeeOther, (await StepAsync("confirm", ("grade", "5"))).StatusCode);
        Assert.Contains("Closed, as you confirmed", await citizen.TextAsync(PathOf(receipt)), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await StepAsync("reopen", ("reason", "came-back"), ("words", "今天又没人"))).StatusCode);
        var open = await citizen.GetAsync(PathOf(receipt));
        Assert.Contains("You asked to open it again", WebUtility.HtmlDecode(await open.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.True(open.Headers.CacheControl!.NoStore);
        Assert.Equal("same-origin", open.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("noindex, nofollow", open.Headers.GetValues("X-Robots-Tag").Single());

        async Task<HttpResponseMessage> StepAsync(string step, params (string, string)[] fields)
        {
            var page = await citizen.TextAsync(PathOf(receipt));
            return await citizen.PostAsync($"{TrackOf(page)}/{step}", [("id", IdOf(page)), .. fields]);
        }
    }

    [Fact]
    public async Task The_API_tells_the_case_with_the_code_to_act_on_it_and_a_rating_that_is_excluded_stays_so()
    {
        var (receipt, id) = await RateBadlyAsync();
        var path = $"{InvitedCitizen.Ratings}/{receipt["code"]}";
        Assert.Null((await site.Client.GetAsync(path, token: null)).Json["case"]);
        await AnswerAsync(id);
        await site.Service<IGrainFactory>().GetGrain<IWindowGrain>((string)receipt["window"]!).SetExcluded((long)receipt["version"]!, excluded: true, "test");

        var (byCode, byNumber) = (
            await site.Client.GetAsync(path, token: null),
            await site.Client.PushAsync(new JsonObject { ["number"] = (string)receipt["number"]!, ["queryCode"] = (string)receipt["queryCode"]! }, InvitedCitizen.Ratings + "/lookup", key: null));
        Assert.Equal((200, byCode.Text), (byNumber.Status, byNumber.Text));
        Assert.Equal((true, false), ((bool)byCode.Json["stored"]!, (bool)byCode.Json["counted"]!));
        var told = byCode.Json["case"]!;
        Assert.Equal(("bad-rating", "answered"), ((string)told["kind"]!, (string)told["stage"]!));
        Assert.Equal(
            [("opened", null), ("handled", null), ("feedback-given", Words)],
            told["timeline"]!.AsArray().Select(one => ((string)one!["what"]!, (string?)one["words"])));

        var confirmed = await site.Client.PushAsync(
            new JsonObject { ["code"] = (string)told["code"]!, ["step"] = "confirm", ["grade"] = 4 }, "/api/v1/case-tracking/steps", key: null);
        Assert.Equal((200, "closed"), (confirmed.Status, (string?)confirmed.Json["stage"]));
    }

    [Fact]
    public async Task Whoever_rated_badly_at_a_terminal_without_a_matter_reads_the_answer_under_the_code_that_it_showed()
    {
        var hall = await site.NewHallAsync();
        var receipt = (await site.Client.PushAsync(Some.Evaluation(hall.Window, 1), Client.Evaluations + "?lookup=true")).Json;
        using var citizen = new Visitor(site.Url);
        var before = await citizen.TextAsync(PathOf(receipt));

        await AnswerAsync(await CaseOfAsync(receipt));

        Assert.DoesNotContain("What it led to", before, StringComparison.Ordinal);
        Assert.Contains(Words, await citizen.TextAsync(PathOf(receipt)), StringComparison.Ordinal);
    }

    private static string PathOf(JsonNode receipt) => "/counted/" + (string)receipt["code"]!;

    private async Task<(JsonNode Receipt, CaseId Case)> RateBadlyAsync()
    {
        var hall = await site.NewHallAsync();
        var receipt = (await site.RateAsync(InvitedCitizen.OfWindow(hall.Window, 1))).Json;
        return (receipt, await CaseOfAsync(receipt));
    }

    private async Task<CaseId> CaseOfAsync(JsonNode receipt)
    {
        var (window, version) = (new NodeId((string)receipt["window"]!), (long)receipt["version"]!);
        return (await TestSupport.Wait.ForAsync<CaseRow>("the rating opens a case", async () => (await site.Service<ICaseStore>().OfRatingAsync(window, version)).FirstOrDefault())).Id;
    }

    private async Task AnswerAsync(CaseId id)
    {
        await site.OfficeAsync(id, new VerifyRating(RatingFinding.True));
        await site.AnswerAsync(id, Words);
    }

    private async Task<CaseState> StateAsync(CaseId id) => (await site.Service<CaseRecords>().FindAsync(id))!.State;
}
