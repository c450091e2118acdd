using System.Globalization;
using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>The page of suggestion boxes in a real browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class BoxTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task Somebody_finds_the_page_on_the_board_and_records_an_opening(bool script, int width)
    {
        var (name, other) = ("box-officer-" + width, "box-second-" + width);
        foreach (var account in new[] { name, other })
            await browsing.Accounts.CreateAsync(account, Password, [new Grant(Role.CaseOfficer, new NodeId(browsing.Hall))]);
        await using var visit = await browsing.OpenAsync("zh-CN", width, script, signedIn: false);
        await visit.SignInAsync(name, Password);
        var page = visit.Page;

        await visit.GoAsync("/cases");
        await page.ClickAsync("main a:text-is('意见箱')");
        // Where there are openings already, the form for the next one is folded away.
        if (!await page.IsVisibleAsync("form.filing"))
            await page.ClickAsync("details > summary");
        await FitsAsync(visit, script);
        await page.FillAsync("input[name=openedAt]", "2025-03-03T16:00");
        await page.FillAsync("input[name=found]", width.ToString(CultureInfo.InvariantCulture));
        await page.FillAsync("input[name=with]", other);
        await page.ClickAsync("form.filing button");

        Assert.Contains("开箱已登记", await visit.TextAsync("#done"), StringComparison.Ordinal);
        Assert.Contains(other, await visit.TextAsync("table.board"), StringComparison.Ordinal);
        await FitsAsync(visit, script);
        visit.AssertClean();
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
