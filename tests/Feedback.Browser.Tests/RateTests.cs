using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>A citizen with a phone: rates, is thanked, and sees that the rating is counted.</summary>
[Collection(OneBrowser.Name)]
public sealed class RateTests(Browsing browsing)
{
    private const int Phone = 390;

    [Theory]
    [InlineData("zh-CN", true, false, "请评价本次服务", "满意", "感谢您的评价", "并已计入统计")]
    [InlineData("en-GB", true, true, "How was the service?", "Satisfied", "Thank you", "it is counted")]
    [InlineData("zh-CN", false, false, "请评价本次服务", "满意", "感谢您的评价", "并已计入统计")]
    public async Task A_citizen_rates_is_thanked_and_sees_that_it_is_counted(string language, bool script, bool dark, string asked, string grade, string thanked, string counted)
    {
        var path = "/rate/" + await browsing.InviteAsync(browsing.Window, $"M-{language}-{script}");
        await using var visit = await browsing.OpenAsync(language, Phone, script, signedIn: false, dark);

        await visit.GoAsync(path);
        Assert.Equal(asked, await visit.TextAsync("h1"));
        await AssertGoodAsync(visit, script);
        await visit.Page.GetByLabel(grade, new() { Exact = true }).CheckAsync();
        await visit.Page.FillAsync("#comment", "窗口办得快\n谢谢");
        if (script)
            Assert.Equal("8 / 1000", await visit.TextAsync("#count"));
        await visit.Page.ClickAsync("button[type=submit]");
        await visit.Page.WaitForURLAsync("**/thanks/**");

        Assert.Equal(thanked, await visit.TextAsync("h1"));
        await AssertGoodAsync(visit, script);
        await visit.Page.ClickAsync("a.action");
        await visit.Page.WaitForURLAsync("**/counted/**");
        Assert.Contains(counted, await visit.TextAsync("[role=status]"), StringComparison.Ordinal);
        await AssertGoodAsync(visit, script);

        // Who goes back and sends it again gets the same thanks, and who opens the link anew is told that it was rated.
        await visit.GoAsync(path);
        await visit.Page.GetByLabel(grade, new() { Exact = true }).CheckAsync();
        await visit.Page.ClickAsync("button[type=submit]");
        await visit.Page.Locator(".rating h1").WaitForAsync();
        Assert.Contains(language == "zh-CN" ? "一事一评" : "one matter, one rating", await visit.TextAsync(".rating"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_switched_where_one_is()
    {
        var path = "/rate/" + await browsing.InviteAsync(browsing.Window, "M-switched");
        await using var visit = await browsing.OpenAsync("zh-CN", Phone, signedIn: false);

        await visit.GoAsync(path);
        await visit.Page.ClickAsync("header a[lang=en]");
        await visit.Page.WaitForURLAsync("**" + path);

        Assert.Equal("How was the service?", await visit.TextAsync("h1"));
        visit.AssertClean();
    }

    [Fact]
    public async Task Nothing_is_chosen_beforehand_and_every_grade_looks_the_same()
    {
        await using var visit = await browsing.OpenAsync("en-GB", Phone, signedIn: false);

        await visit.GoAsync("/rate/w/" + browsing.Window);

        Assert.Equal(0, await visit.Page.Locator("input[name=grade]:checked").CountAsync());
        var looks = await visit.Page.Locator(".grades label").EvaluateAllAsync<string[]>(
            "labels => labels.map(label => { const look = getComputedStyle(label); return [look.color, look.backgroundColor, look.fontSize, look.fontWeight, label.offsetHeight, label.offsetWidth].join(); })");
        Assert.Equal(5, looks.Length);
        Assert.Single(looks.Distinct());
        visit.AssertClean();
    }

    // Level A and AA (WCAG 2.2) by axe, no sideways scrolling, and nothing that failed.
    private static async Task AssertGoodAsync(Visit visit, bool script)
    {
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        if (script)
            Assert.Empty((await visit.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        visit.AssertClean();
    }
}
