using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Pages;

public sealed partial class SecondFactorTests(StrictSite site) : IClassFixture<StrictSite>
{
    [Fact]
    public async Task Whoever_needs_a_second_factor_sets_one_up_after_the_password_and_reaches_nothing_before()
    {
        using var visitor = await site.HalfSignedInAsync("enrols", "security-administrator");

        foreach (var closed in new[] { "/accounts", "/account", "/account/second-factor", "/setup/keys", "/nodes" })
            Assert.StartsWith("/sign-in?back=", (await visitor.GetAsync(closed)).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/v1/accounts")).StatusCode);

        var page = await visitor.TextAsync("/sign-in/enrol");
        Assert.Contains("Nothing else opens before it is set up.", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,", page, StringComparison.Ordinal);
        var wrong = await EnrolAsync(visitor, page, "000000");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var done = await EnrolAsync(visitor, page, StrictSite.CodeOf(StrictSite.SecretOn(page)));

        Assert.Equal((HttpStatusCode.OK, 10), (done.StatusCode, Recovery().Count(await done.Content.ReadAsStringAsync())));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/v1/accounts")).StatusCode);
        // The state in between is over.
        Assert.Equal("/sign-in", (await visitor.GetAsync("/sign-in/enrol")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Whoever_has_one_shows_a_code_once_or_a_recovery_code_once()
    {
        using var first = await site.HalfSignedInAsync("shows", "hall-manager");
        var page = await first.TextAsync("/sign-in/enrol");
        var secret = StrictSite.SecretOn(page);
        var codes = Recovery().Matches(await (await EnrolAsync(first, page, StrictSite.CodeOf(secret))).Content.ReadAsStringAsync()).Select(match => match.Value).ToList();

        using var visitor = new Visitor(site.Url);
        Assert.StartsWith("/sign-in/code?back=", (await visitor.SignInAsync("shows", back: "/account")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?back=", (await visitor.GetAsync("/account")).Headers.Location!.OriginalString, StringComparison.Ordinal);
        // This page is no way around it.
        Assert.Equal("/sign-in/code", (await visitor.GetAsync("/sign-in/enrol")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.BadRequest, (await ProveAsync(visitor, "000000")).StatusCode);
        // One step on is good, too; the one that proved the app was used up.
        var code = StrictSite.CodeOf(secret, stepsOn: 1);
        Assert.Equal("/account", (await ProveAsync(visitor, code)).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);

        using var thief = new Visitor(site.Url);
        await thief.SignInAsync("shows");
        Assert.Equal(HttpStatusCode.BadRequest, (await ProveAsync(thief, code)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ProveAsync(thief, codes[0])).StatusCode);
        using var late = new Visitor(site.Url);
        await late.SignInAsync("shows");
        Assert.Equal(HttpStatusCode.BadRequest, (await ProveAsync(late, codes[0])).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_account_whose_password_then_looks_wrong()
    {
        using var visitor = await site.HalfSignedInAsync("guesses", "hall-manager");
        var page = await visitor.TextAsync("/sign-in/enrol");
        await EnrolAsync(visitor, page, StrictSite.CodeOf(StrictSite.SecretOn(page)));
        using var thief = new Visitor(site.Url);

        for (var i = 0; i < PasswordRules.MostFailures; i++)
        {
            await thief.SignInAsync("guesses");
            Assert.Equal(HttpStatusCode.BadRequest, (await ProveAsync(thief, "000000")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await thief.SignInAsync("guesses")).StatusCode);
    }

    [Fact]
    public async Task Whoever_sees_only_what_is_released_needs_none_but_uses_the_one_they_have()
    {
        using var visitor = await site.HalfSignedInAsync("clerk", "window-staff");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);

        var page = await visitor.TextAsync("/account/second-factor");
        var without = await visitor.PostAsync("/account/second-factor", ("form", Visitor.SealOf(page)), ("card", CardOn(page)), ("password", "wrong"), ("code", StrictSite.CodeOf(StrictSite.SecretOn(page))));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        var done = await visitor.PostAsync("/account/second-factor", ("form", Visitor.SealOf(page)), ("card", CardOn(page)), ("password", Visitor.PasswordOf("clerk")), ("code", StrictSite.CodeOf(StrictSite.SecretOn(page))));

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).StatusCode);
        using var another = new Visitor(site.Url);
        Assert.StartsWith("/sign-in/code", (await another.SignInAsync("clerk")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factor_that_was_reset_ends_sessions_and_halves_and_is_set_up_again()
    {
        using var visitor = await site.HalfSignedInAsync("lost", "supervisor");
        var page = await visitor.TextAsync("/sign-in/enrol");
        await EnrolAsync(visitor, page, StrictSite.CodeOf(StrictSite.SecretOn(page)));
        using var half = new Visitor(site.Url);
        await half.SignInAsync("lost");

        await site.Factors.ResetAsync("lost");

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/account")).StatusCode);
        Assert.Equal("/sign-in", (await half.GetAsync("/sign-in/code")).Headers.Location!.OriginalString);
        Assert.StartsWith("/sign-in/enrol", (await half.SignInAsync("lost")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_of_another_account_or_a_forged_form_enrols_nothing()
    {
        using var visitor = await site.HalfSignedInAsync("own-card", "supervisor");
        using var other = await site.HalfSignedInAsync("other-card", "supervisor");
        var (page, foreign) = (await visitor.TextAsync("/sign-in/enrol"), await other.TextAsync("/sign-in/enrol"));
        var code = StrictSite.CodeOf(StrictSite.SecretOn(foreign));

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/sign-in/enrol", ("form", Visitor.SealOf(page)), ("card", CardOn(foreign)), ("code", code))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.PostAsync("/sign-in/enrol", ("form", "forged"), ("card", CardOn(foreign)), ("code", code))).StatusCode);

        Assert.All(await site.Accounts.ListAsync(), account => Assert.False(account.HasSecondFactor && account.Name.EndsWith("-card", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_session_from_before_a_second_factor_was_demanded_is_good_no_more()
    {
        using var folder = new TemporaryFolder();
        using var visitor = await SignedInAtAsync(folder, SignInOptions.Optional);

        await using var strict = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0");
        await strict.StartAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(strict.Urls.First() + "/account")).StatusCode);
        await strict.StopAsync();

        // It would be without the demand: a restart alone ends nothing.
        await using var still = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0", signIn: SignInOptions.Optional);
        await still.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(still.Urls.First() + "/account")).StatusCode);
        await still.StopAsync();
    }

    private static async Task<Visitor> SignedInAtAsync(TemporaryFolder folder, SignInOptions signIn)
    {
        await using var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0", signIn: signIn);
        await app.StartAsync();
        await app.Services.GetRequiredService<IAccounts>().CreateAsync("anna", Visitor.PasswordOf("anna"), [new Grant(Role.HallManager, null)]);
        var visitor = new Visitor(new Uri(app.Urls.First()));
        await visitor.SignInAsync("anna");
        await app.StopAsync();
        return visitor;
    }

    private static Task<HttpResponseMessage> EnrolAsync(Visitor visitor, string page, string code) =>
        visitor.PostAsync("/sign-in/enrol", ("form", Visitor.SealOf(page)), ("card", CardOn(page)), ("code", code));

    private static async Task<HttpResponseMessage> ProveAsync(Visitor visitor, string code)
    {
        var seal = Visitor.SealOf(await visitor.TextAsync("/sign-in/code?back=/account"));
        return await visitor.PostAsync("/sign-in/code", ("form", seal), ("code", code), ("back", "/account"));
    }

    private static string CardOn(string page) => Card().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"card\" value=\"([^\"]+)\"")]
    private static partial Regex Card();

    [GeneratedRegex("[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}")]
    private static partial Regex Recovery();
}
