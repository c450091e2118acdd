using Deque.AxeCore.Playwright;
using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Browser.Tests;

/// <summary>Printed forms are keyed in a real browser, with the keyboard and nothing else.</summary>
[Collection(OneBrowser.Name)]
public sealed class PaperTests(Browsing browsing)
{
    private const string Password = "a few random words";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stack_of_forms_is_keyed_by_keyboard_alone(bool script)
    {
        var (name, other) = ("keyer-" + script, "counter-" + script);
        foreach (var account in new[] { name, other })
            await browsing.Accounts.CreateAsync(account, Password, [new Grant(Role.HallManager, new NodeId(browsing.Hall))]);
        await using var visit = await browsing.OpenAsync("zh-CN", 1280, script, signedIn: false);
        await visit.SignInAsync(name, Password);
        var (page, keyboard) = (visit.Page, visit.Page.Keyboard);

        await visit.GoAsync("/paper");
        // Where there are batches already, the form for a new one is folded away.
        if (!await page.IsVisibleAsync("input[name=place]"))
            await page.Locator("details:has(input[name=place]) > summary").PressAsync("Enter");
        await page.FillAsync("input[name=place]", browsing.Window);
        await page.FillAsync("input[name=issued]", "20");
        await page.FillAsync("input[name=collected]", "3");
        await page.FillAsync("input[name=first]", name);
        await page.FillAsync("input[name=second]", other);
        await keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("form.keying");

        // From here on no mouse and no field is looked for: what is typed goes where the keyboard is.
        await KeyAsync("5", "Tab", "5", "Tab", "4", "Enter");
        await page.WaitForSelectorAsync("#done:has-text('第 1 号已录入')");
        await KeyAsync("2", "Tab", "1", "Tab", "Tab", "Tab", "Tab", "等", "了", "很", "久", "Enter");
        await page.WaitForSelectorAsync("#done:has-text('第 2 号已录入')");
        Assert.Equal("3", await page.InputValueAsync("input[name=number]"));
        Assert.Equal("2", await visit.TextAsync("#valid"));
        if (script)
        {
            var violations = (await page.RunAxe()).Violations;
            Assert.True(violations.Length == 0, string.Join('\n', violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}")));
        }

        await visit.GoAsync(new Uri(page.Url).AbsolutePath + "/form?to=1");
        Assert.Equal(1, await page.Locator(".paper-form").CountAsync());
        Assert.True(await page.Locator("html").EvaluateAsync<bool>("element => element.scrollWidth <= element.clientWidth"));
        visit.AssertClean();

        async Task KeyAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                if (key.Length == 1 && key[0] > 127)
                    await keyboard.InsertTextAsync(key);
                else
                    await keyboard.PressAsync(key);
            }
        }
    }
}
