using Deque.AxeCore.Playwright;
using Feedback.Api.Cases;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>A citizen with a phone: files, follows the matter by the address of the card or by number and query code, says whether it is solved, and has it opened again.</summary>
[Collection(OneBrowser.Name)]
public sealed class CitizenCaseTests(Browsing browsing)
{
    private const int Phone = 390;

    [Theory]
    [InlineData("zh-CN", false, "投诉", "提交", "已登记", "没有解决", "这件事将重新办理")]
    [InlineData("en-GB", true, "Complain", "Send", "It is registered", "No, it is not solved", "It is handled again")]
    public async Task A_citizen_files_on_a_phone_follows_it_by_the_address_on_the_card_and_disputes(
        string language, bool script, string kind, string send, string filed, string dispute, string disputed)
    {
        await using var visit = await browsing.OpenAsync(language, Phone, script, signedIn: false, dark: !script);

        await visit.GoAsync("/file?at=" + browsing.Window);
        await AssertGoodAsync(visit, script);
        await visit.Page.GetByLabel(kind, new() { Exact = true }).CheckAsync();
        await visit.Page.FillAsync("#words", "等了两个小时\n没有人叫号");
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = send, Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/filed/**");
        Assert.Equal(filed, await visit.TextAsync("h1"));
        await AssertGoodAsync(visit, script);

        var address = new Uri(await visit.TextAsync(".slip .link"));
        Assert.Equal(Browsing.PublicUrl, address.GetLeftPart(UriPartial.Authority));
        await browsing.AnswerAsync(browsing.Service<CaseSecrets>().CaseOf(address.Segments[^1])!.Value, "已加开窗口");
        await visit.GoAsync(address.AbsolutePath);
        Assert.Contains("没有人叫号", await visit.TextAsync(".tale"), StringComparison.Ordinal);
        Assert.Equal("已加开窗口", await visit.TextAsync(".answer .said"));
        await AssertGoodAsync(visit, script);

        await visit.Page.GetByText(dispute, new() { Exact = true }).ClickAsync();
        await visit.Page.FillAsync("#dispute-words", "今天又排长队");
        await visit.Page.Locator("details[open] button").ClickAsync();
        await visit.Page.WaitForURLAsync("**done=dispute");
        Assert.Contains(disputed, await visit.TextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Contains("今天又排长队", await visit.TextAsync(".tale"), StringComparison.Ordinal);
        await AssertGoodAsync(visit, script);
    }

    [Theory]
    [InlineData(
        "zh-CN", false, "没有这件事项，或查询码不符。", "办理情况", "谢谢，已记下您的确认。", "您确认已解决：非常满意", "已结案",
        "要求重新办理", "已重新打开，将继续办理。", "您要求重新办理", "办理中")]
    [InlineData(
        "en-GB", true, "There is no such matter, or the code does not fit.", "How it stands", "Thank you. Your word is noted.", "You confirmed that it is solved: Very satisfied", "Closed",
        "Open it again", "It is open again and will be handled.", "You asked to open it again", "In hand")]
    public async Task A_citizen_finds_it_by_number_and_code_confirms_and_has_it_opened_again_when_it_comes_back(
        string language, bool script, string unknown, string title, string thanks, string confirmed, string closed, string again, string open, string reopened, string inHand)
    {
        var filed = await browsing.FileAsync(
            new Filing(CaseKind.Complaint, CaseChannel.Web, browsing.Window) { Words = "等了两个小时", Language = language }, CaseActor.Citizen, "walk-" + language);
        await browsing.AnswerAsync(filed.Id, "已加开窗口");
        await using var visit = await browsing.OpenAsync(language, Phone, script, signedIn: false, dark: !script);
        var page = visit.Page;

        await visit.GoAsync("/track");
        visit.AllowRefusal(404);
        var number = filed.Number.Replace("-", "", StringComparison.Ordinal);
        await page.FillAsync("#number", number);
        await page.FillAsync("#code", filed.QueryCode == "000000" ? "000001" : "000000");
        await page.ClickAsync("form.stack button");
        await visit.SeesAsync("#problem", unknown);
        Assert.Equal(number, await page.InputValueAsync("#number"));
        await AssertGoodAsync(visit, script);
        await page.FillAsync("#code", filed.QueryCode!);
        await page.ClickAsync("form.stack button");
        await visit.SeesAsync("h1", title);
        await visit.SeesAsync(".answer .said", "已加开窗口");

        await page.SelectOptionAsync("#grade", "5");
        await page.ClickAsync("form[action$='/confirm'] button");
        await visit.SeesAsync("[role=status]", thanks);
        await visit.SeesAsync(".tale", confirmed);
        await visit.SeesAsync(".progress [aria-current]", closed);
        Assert.Equal(0, await page.Locator("form[action$='/confirm'], form[action$='/dispute']").CountAsync());
        await AssertGoodAsync(visit, script);

        await page.ClickAsync("details.ask > summary");
        Assert.Equal(again, await visit.TextAsync("details.ask > summary"));
        await page.SelectOptionAsync("#reason", "came-back");
        await page.FillAsync("#reopen-words", "今天又排长队");
        await page.ClickAsync("form[action$='/reopen'] button");
        await visit.SeesAsync("[role=status]", open);
        await visit.SeesAsync(".tale", reopened);
        await visit.SeesAsync(".tale", "今天又排长队");
        await visit.SeesAsync(".progress [aria-current]", inHand);
        await AssertGoodAsync(visit, script);
    }

    // Level A and AA (WCAG 2.2) by axe, no sideways scrolling, nothing too small for a finger, and nothing that failed.
    private static async Task AssertGoodAsync(Visit visit, bool script)
    {
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Empty(await visit.Page.Locator("main button, main select, main summary, main a, main input:not([type=hidden], [type=radio]), main .grades label, .foot a").EvaluateAllAsync<string[]>(
            "all => all.filter(one => one.offsetHeight > 0 && one.offsetHeight < 44).map(one => one.outerHTML.slice(0, 80))"));
        if (script)
            Assert.Empty((await visit.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        visit.AssertClean();
    }
}
