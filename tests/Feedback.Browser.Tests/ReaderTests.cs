using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>Whatever people read with: language, screen, keyboard, screen reader, and without scripts.</summary>
[Collection(OneBrowser.Name)]
public sealed class ReaderTests(Browsing browsing)
{
    [Fact]
    public async Task The_language_is_the_browsers_until_the_reader_chooses_the_other()
    {
        await using var visit = await browsing.OpenAsync("zh-CN");
        await visit.GoAsync($"/nodes/{browsing.Hall}?period=today");
        Assert.Equal(("zh-CN", "好评率"), (await visit.Page.GetAttributeAsync("html", "lang"), await visit.TextAsync("#rate h2")));

        await visit.Page.ClickAsync("text=English");

        Assert.Equal($"/nodes/{browsing.Hall}?period=today", visit.Path);
        Assert.Equal(("en", "Satisfaction rate"), (await visit.Page.GetAttributeAsync("html", "lang"), await visit.TextAsync("#rate h2")));
        Assert.Contains("lang=en", await visit.Page.GetAttributeAsync("figure img", "src"), StringComparison.Ordinal);
        visit.AssertClean();
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("zh-CN")]
    public async Task A_phone_of_360_points_shows_every_page_without_scrolling_sideways(string language)
    {
        await browsing.PushAsync(Browsing.Evaluations(browsing.Window, "phone-" + language, good: 40, bad: 2));
        await using var visit = await browsing.OpenAsync(language, width: 360);

        foreach (var path in new[] { "/nodes/" + browsing.District, "/nodes/" + browsing.Hall, $"/nodes/{browsing.Window}?period=custom&from=2001-01-01&through=2001-01-02", "/sign-in", "/nodes/n99999" })
        {
            await visit.GoAsync(path);
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), path);
        }
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task No_page_has_a_barrier_that_axe_knows(bool dark, int width)
    {
        await using var visit = await browsing.OpenAsync(width: width, dark: dark);

        foreach (var path in new[] { "/nodes/" + browsing.District, $"/nodes/{browsing.Window}?period=today", "/sign-in", "/nodes/n99999" })
        {
            await visit.GoAsync(path);
            var violations = (await visit.Page.RunAxe()).Violations;
            Assert.True(violations.Length == 0, path + "\n" + string.Join('\n', violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}")));
        }
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_and_the_focus_is_seen()
    {
        await using var visit = await browsing.OpenAsync();
        await visit.GoAsync("/nodes/" + browsing.District);

        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await visit.Page.EvaluateAsync<string>("document.activeElement.className"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("A", await visit.Page.EvaluateAsync<string>("document.activeElement.closest('main') && document.activeElement.tagName"));
        Assert.NotEqual("none", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Fact]
    public async Task Without_scripts_everything_works_but_staying_live()
    {
        await browsing.PushAsync(Browsing.Evaluations(browsing.Window, "script", good: 1, bad: 0));
        await using var visit = await browsing.OpenAsync(script: false);

        await visit.Page.ClickAsync($"tr[data-node={browsing.Hall}] a");
        await visit.Page.ClickAsync(".choices a:text('Today')");
        await visit.Page.ClickAsync("th.name a");

        Assert.Equal($"/nodes/{browsing.Hall}?period=today&sort=name", visit.Path);
        Assert.Equal("ascending", await visit.Page.GetAttributeAsync("thead th.name", "aria-sort"));
        Assert.Contains("active evaluations", await visit.TextAsync("#rate"), StringComparison.Ordinal);
        await visit.Page.ClickAsync("button:text('Sign out')");
        Assert.Equal("/sign-in", visit.Path);
    }
}
