using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>The office's pages of service matters in a real browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class OfficeMatterTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Theory]
    [InlineData("zh-CN", true, 1280)]
    [InlineData("en-GB", false, 390)]
    public async Task Somebody_accepts_a_matter_takes_its_documents_and_completes_it(string language, bool script, int width)
    {
        var name = "counter-" + width;
        await browsing.Accounts.CreateAsync(name, Password, [new Grant(Role.CaseOfficer, new NodeId(browsing.Hall))]);
        await using var visit = await browsing.OpenAsync(language, width, script, signedIn: false);
        await visit.SignInAsync(name, Password);
        var page = visit.Page;

        await visit.GoAsync("/matters/new");
        await FitsAsync(visit, script);
        await page.FillAsync("input[name=place]", browsing.Hall);
        await page.FillAsync("input[name=number]", "330102-2026-" + width);
        await page.SelectOptionAsync("select[name=item]", new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await page.FillAsync("input[name=limit]", "10wd");
        await page.FillAsync("input[name=title1]", "营业执照副本");
        await page.FillAsync("input[name=title2]", "承运人责任险保单");
        await page.SelectOptionAsync("select[name=how2]", "promised");
        await page.ClickAsync("form.filing button");
        var number = await visit.TextAsync("h1 .digits");
        await FitsAsync(visit, script);

        // What comes next stands open on the card.
        await page.CheckAsync("#step-supplement input[value=d1]");
        await page.ClickAsync("#step-supplement button");
        await page.SelectOptionAsync("#step-complete-result", "granted");
        await page.ClickAsync("#step-complete button");
        Assert.Contains(language == "zh-CN" ? "已办结" : "Completed", await visit.TextAsync(".marks"), StringComparison.Ordinal);
        Assert.Contains("营业执照副本", await visit.TextAsync(".timeline"), StringComparison.Ordinal);
        await FitsAsync(visit, script);
        await visit.GoAsync("/matters");
        await FitsAsync(visit, script);
        Assert.Contains(number, await visit.TextAsync("table.board"), StringComparison.Ordinal);
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
