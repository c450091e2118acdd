using Feedback.Browser.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Browser.Tests;

[Collection(OneBrowser.Name)]
public sealed class SignInTests(Browsing browsing)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task The_right_password_leads_to_where_one_wanted_to_go()
    {
        await browsing.Accounts.CreateAsync("right", Password, GrantText.Read("system-administrator district-manager"));
        await using var visit = await browsing.OpenAsync(signedIn: false);

        await visit.GoAsync($"/nodes/{browsing.Hall}?period=7days");
        Assert.StartsWith("/sign-in", visit.Path, StringComparison.Ordinal);
        await visit.Page.FillAsync("#name", "right");
        await visit.Page.FillAsync("#password", Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/nodes/**");

        Assert.Equal($"/nodes/{browsing.Hall}?period=7days", visit.Path);
        Assert.Contains("right", await visit.TextAsync(".who"), StringComparison.Ordinal);
        await visit.Page.ClickAsync("button:text('Sign out')");
        await visit.Page.WaitForURLAsync("**/sign-in");
        await visit.GoAsync("/nodes");
        Assert.StartsWith("/sign-in", visit.Path, StringComparison.Ordinal);
        visit.AssertClean();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_the_page_says_no_more_than_for_an_unknown_name()
    {
        await browsing.Accounts.CreateAsync("locked", Password, GrantText.Read("system-administrator district-manager"));
        await using var visit = await browsing.OpenAsync(signedIn: false);
        await visit.SignInAsync("nobody", "wrong");
        var unknown = await visit.TextAsync("[role=alert]");

        for (var i = 0; i < PasswordRules.MostFailures; i++)
        {
            await visit.SignInAsync("locked", "wrong");
            Assert.Equal(unknown, await visit.TextAsync("[role=alert]"));
        }

        await visit.SignInAsync("locked", Password);
        Assert.Equal(unknown, await visit.TextAsync("[role=alert]"));
        Assert.Equal("locked", await visit.Page.InputValueAsync("#name"));
        Assert.Equal("", await visit.Page.InputValueAsync("#password"));
    }
}
