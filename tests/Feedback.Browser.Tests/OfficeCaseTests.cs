using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>The office's pages of cases in a real browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class OfficeCaseTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task Somebody_registers_a_matter_handles_it_tells_the_citizen_and_closes_it(bool script, int width)
    {
        var name = "officer-" + width;
        await browsing.Accounts.CreateAsync(name, Password, [new Grant(Role.CaseOfficer, new NodeId(browsing.Hall))]);
        await using var visit = await browsing.OpenAsync("zh-CN", width, script, signedIn: false);
        await visit.SignInAsync(name, Password);
        var page = visit.Page;

        await visit.GoAsync("/cases/new");
        await FitsAsync(visit, script);
        await page.CheckAsync("input[name=kind][value=question]");
        await page.FillAsync("input[name=place]", browsing.Window);
        await page.FillAsync("textarea[name=words]", "不动产登记需要带哪些材料？网上说法不一。");
        await page.FillAsync("input[name=contact]", "13812345678");
        await page.ClickAsync("form.filing button");
        var number = await visit.TextAsync("#number");
        Assert.Matches("^\\d{6}$", await visit.TextAsync("#query-code"));
        await page.ClickAsync("main a:text('查看事项')");
        await FitsAsync(visit, script);

        // What comes next stands open on the card.
        await page.SelectOptionAsync("#step-handle-result", "explained");
        await page.ClickAsync("#step-handle button");
        await page.SelectOptionAsync("#step-give-feedback-channel", "phone");
        await page.SelectOptionAsync("#step-give-feedback-outcome", "reached");
        await page.FillAsync("#step-give-feedback-words", "请带身份证、购房合同和发票。");
        await page.ClickAsync("#step-give-feedback button");
        await page.ClickAsync("#step-close button");

        Assert.Contains("已结案", await visit.TextAsync(".marks"), StringComparison.Ordinal);
        Assert.Contains("请带身份证、购房合同和发票。", await visit.TextAsync(".timeline"), StringComparison.Ordinal);
        await page.ClickAsync(".clock:first-child summary");
        Assert.Contains("时限", await visit.TextAsync(".clock:first-child .why"), StringComparison.Ordinal);
        await visit.GoAsync("/cases?list=all");
        await FitsAsync(visit, script);
        Assert.Contains(number, await visit.TextAsync("table.board"), StringComparison.Ordinal);
        Assert.Contains("已结案", await visit.TextAsync("table.board"), StringComparison.Ordinal);
        visit.AssertClean();
    }

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task Somebody_sees_that_a_case_was_filed_before_and_merges_it(bool script, int width)
    {
        var name = "merging-officer-" + width;
        await browsing.Accounts.CreateAsync(name, Password, [new Grant(Role.CaseOfficer, new NodeId(browsing.Hall))]);
        await using var visit = await browsing.OpenAsync("zh-CN", width, script, signedIn: false);
        await visit.SignInAsync(name, Password);
        var page = visit.Page;
        var words = $"二号窗口的叫号机在{width}号柜台旁，一直不出号。";
        var first = await FileAsync();
        await FileAsync();
        await page.ClickAsync("main a:text('查看事项')");
        await FitsAsync(visit, script);

        await page.ClickAsync($"#alike button:has-text('{first}')");

        Assert.Contains(first, await visit.TextAsync(".facts"), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("#alike").CountAsync());
        visit.AssertClean();

        async Task<string> FileAsync()
        {
            await visit.GoAsync("/cases/new");
            await page.CheckAsync("input[name=kind][value=complaint]");
            await page.FillAsync("input[name=place]", browsing.Window);
            await page.FillAsync("textarea[name=words]", words);
            await page.ClickAsync("form.filing button");
            return await visit.TextAsync("#number");
        }
    }

    // No page needs scrolling sideways, and none has a barrier that axe knows; axe itself is a script.
    private static async Task FitsAsync(Visit visit, bool script)
    {
        Assert.True(await visit.Page.Locator("html").EvaluateAsync<bool>("element => element.scrollWidth <= element.clientWidth"), visit.Path);
        if (!script)
            return;
        var violations = (await visit.Page.RunAxe()).Violations;
        Assert.True(violations.Length == 0, visit.Path + "\n" + string.Join('\n', violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}")));
    }
}
