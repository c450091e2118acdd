using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>A citizen with a phone: files, follows the matter by the address of the card, and says that it is not solved.</summary>
[Collection(OneBrowser.Name)]
public sealed class CitizenCaseTests(Browsing browsing)
{
    private const int Phone = 390;

    private static readonly CaseActor Clerk = new("account:li") { Handles = NodeScope.Everywhere };

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
        await AnswerAsync(address.Segments[^1]);
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

    private async Task AnswerAsync(string trackingCode)
    {
        var grain = browsing.Service<IGrainFactory>().GetGrain<ICaseGrain>(browsing.Service<CaseSecrets>().CaseOf(trackingCode)!.Value.Value);
        Assert.Null((await grain.Perform(new CaseRequest(new HandleCase("done"), Clerk))).Refusal);
        Assert.Null((await grain.Perform(new CaseRequest(new GiveFeedback("tracking", FeedbackOutcome.Posted, null), Clerk) { Words = "已加开窗口" })).Refusal);
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
