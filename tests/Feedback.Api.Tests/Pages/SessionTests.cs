using System.Net;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Pages;

[Collection(OneSite.Name)]
public sealed class SessionTests(RunningSite site)
{
    private IAccounts Accounts => site.Service<IAccounts>();

    [Fact]
    public async Task Whoever_signed_in_reads_pages_and_figures_without_a_token()
    {
        using var visitor = await SignedInAsync("reads");
        var today = "from=2026-01-01&to=2026-01-02";

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/nodes/{site.District}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/api/v1/satisfaction?node={site.District}&{today}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/api/v1/charts/trend.png?node={site.District}&{today}")).StatusCode);
    }

    [Fact]
    public async Task Whoever_did_not_sign_in_is_sent_there_and_back_afterwards()
    {
        using var visitor = new Visitor(site.Url);
        await AddAsync("back");

        var sent = await visitor.GetAsync($"/nodes/{site.District}?period=today");
        Assert.Equal($"/sign-in?back=%2Fnodes%2F{site.District}%3Fperiod%3Dtoday", sent.Headers.Location!.OriginalString);
        var signedIn = await visitor.SignInAsync("back", back: $"/nodes/{site.District}?period=today");

        Assert.Equal((HttpStatusCode.Redirect, $"/nodes/{site.District}?period=today"), (signedIn.StatusCode, signedIn.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\tevil")]
    [InlineData("/nodes\r\nSet-Cookie: a=b")]
    [InlineData("/青")]
    [InlineData("")]
    public async Task Nobody_is_sent_to_another_site_or_to_what_no_header_may_hold(string back)
    {
        using var visitor = new Visitor(site.Url);
        await AddAsync("stays");

        Assert.Equal("/nodes", (await visitor.SignInAsync("stays", back: back)).Headers.Location!.OriginalString);
        Assert.Equal("/nodes", (await visitor.GetAsync("/language?to=en&back=" + Uri.EscapeDataString(back))).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        using var visitor = new Visitor(site.Url);
        await AddAsync("known");

        var (wrong, unknown) = (await visitor.SignInAsync("known", "something else"), await visitor.SignInAsync("nobody", "something else"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (wrong.StatusCode, unknown.StatusCode));
        Assert.Equal(await PlainAsync(wrong, "known"), await PlainAsync(unknown, "nobody"));
        Assert.False(wrong.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("feedback-session", StringComparison.Ordinal)));

        // The name typed comes back, and the seal of the form is new each time.
        static async Task<string> PlainAsync(HttpResponseMessage answer, string name)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return text.Replace(Visitor.SealOf(text), "", StringComparison.Ordinal).Replace($"value=\"{name}\"", "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_cookie_of_a_session_is_out_of_reach_for_scripts_and_other_sites()
    {
        using var visitor = new Visitor(site.Url);
        await AddAsync("cookie");

        var cookies = (await visitor.SignInAsync("cookie")).Headers.GetValues("Set-Cookie").ToList();

        Assert.EndsWith("; path=/; samesite=lax; httponly", cookies.Single(cookie => cookie.StartsWith("feedback-session=", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(cookies, cookie => Assert.Contains("; httponly", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_is_not_ours_signs_nobody_in_or_out()
    {
        using var visitor = await SignedInAsync("forged");

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/sign-in", ("name", "forged"), ("password", Visitor.PasswordOf("forged")))).StatusCode);
        var stays = await visitor.PostAsync("/sign-out", ("form", "forged"));

        Assert.Equal(HttpStatusCode.BadRequest, stays.StatusCode);
        Assert.Contains("This form has expired.", await stays.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/nodes/{site.District}")).StatusCode);
    }

    [Theory]
    [InlineData("/sign-in", "multipart/form-data; boundary=x", "no part at all", HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", "multipart/form-data", "--x", HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=form\r\n\r\nnever ended", HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", "application/json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", "application/x-www-form-urlencoded", null, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/sign-out", "multipart/form-data; boundary=x", "no part at all", HttpStatusCode.Redirect)]
    public async Task A_form_that_cannot_be_read_is_answered_by_a_page(string path, string media, string? body, HttpStatusCode status)
    {
        using var visitor = new Visitor(site.Url);
        await visitor.GetAsync("/sign-in");

        var answer = await visitor.PostAsync(path, media, body ?? new string('a', ApiSetup.LargestRequest + 1));

        Assert.Equal(status, answer.StatusCode);
        if (status != HttpStatusCode.Redirect)
            Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_session_any_more_is_sent_to_the_sign_in_by_any_form()
    {
        using var visitor = new Visitor(site.Url);

        Assert.Equal("/sign-in", (await visitor.PostAsync("/sign-out", ("form", "stale"))).Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("en", "Too many people are signing in")]
    [InlineData("zh", "当前登录人数过多")]
    public async Task When_too_many_sign_in_at_once_the_page_says_so(string language, string words)
    {
        using var visitor = new Visitor(site.Url);
        var seal = Visitor.SealOf(await visitor.TextAsync("/sign-in"));
        using var enough = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, 30).Select(_ => Task.Run(() => PressAsync(enough.Token))).ToList();

        var busy = await Wait.ForAsync<HttpResponseMessage>("somebody is turned away", async () =>
            await visitor.PostInAsync(language, "/sign-in", ("form", seal), ("name", "nobody"), ("password", "wrong")) is
            { StatusCode: HttpStatusCode.ServiceUnavailable } answer ? answer : null);
        await enough.CancelAsync();
        await Task.WhenAll(crowd);

        Assert.Equal(TimeSpan.FromSeconds(5), busy.Headers.RetryAfter!.Delta);
        Assert.Contains(words, WebUtility.HtmlDecode(await busy.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var visitor = await SignedInAsync("leaves");
        var seal = Visitor.SealOf(await (await visitor.GetAsync($"/nodes/{site.District}")).Content.ReadAsStringAsync());

        await visitor.PostAsync("/sign-out", ("form", seal));

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync($"/nodes/{site.District}")).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_password_or_a_disabled_account_ends_its_sessions_at_once(bool disabled)
    {
        var name = "revoked-" + disabled;
        using var visitor = await SignedInAsync(name);

        var outcome = disabled ? await Accounts.DisableAsync(name) : await Accounts.ResetPasswordAsync(name, "quite another password");

        Assert.Equal(AccountOutcome.Done, outcome);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync($"/nodes/{site.District}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync($"/api/v1/live?node={site.District}")).StatusCode);
    }

    [Fact]
    public async Task A_live_view_ends_with_its_session()
    {
        using var visitor = await SignedInAsync("watches");
        var ended = visitor.TextAsync($"/api/v1/live?node={site.District}");

        await Accounts.DisableAsync("watches");

        await Wait.UntilAsync("the stream ends", () => Task.FromResult(ended.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task A_place_outside_the_scope_looks_like_one_that_does_not_exist()
    {
        var hall = await site.NewHallAsync();
        Assert.Equal(AccountOutcome.Done, await Accounts.CreateAsync("scoped", Visitor.PasswordOf("scoped"), GrantText.Read("district-manager@" + hall.Id)));
        using var visitor = new Visitor(site.Url);
        await visitor.SignInAsync("scoped");

        Assert.Equal($"/nodes/{hall.Id}", (await visitor.GetAsync("/nodes")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/nodes/{hall.Window}")).StatusCode);
        Assert.DoesNotMatch($"/nodes/{site.District}[^0-9]", await visitor.TextAsync($"/nodes/{hall.Id}"));
        foreach (var node in new[] { site.District.Value, site.ForeignHall.Id, "n99999" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/nodes/{node}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/nodes/{node}.csv")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/api/v1/live?node={node}")).StatusCode);
        }
    }

    [Fact]
    public async Task A_token_that_is_wrong_is_not_made_good_by_a_session()
    {
        using var visitor = await SignedInAsync("both");

        Assert.Equal(401, (await site.Client.GetAsync("/api/v1/nodes", "nonsense")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v1/nodes")).StatusCode);
    }

    private async Task PressAsync(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await Accounts.SignInAsync("nobody", "wrong");
            }
            catch (SignInBusyException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), Wait.Clock, CancellationToken.None);
            }
        }
    }

    private Task<AccountOutcome> AddAsync(string name) => Accounts.CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read("system-administrator district-manager"));

    private async Task<Visitor> SignedInAsync(string name)
    {
        await AddAsync(name);
        var visitor = new Visitor(site.Url);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }
}
