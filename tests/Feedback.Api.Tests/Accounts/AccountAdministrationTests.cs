using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Accounts;

[Collection(OneSite.Name)]
public sealed class AccountAdministrationTests(RunningSite site)
{
    private IAccounts Accounts => site.Service<IAccounts>();

    [Fact]
    public async Task A_security_administrator_opens_changes_and_closes_an_account()
    {
        using var security = await SignedInAsync("security-1", "security-administrator");

        var (status, opened) = await SendAsync(security, HttpMethod.Post, "", $$"""{"name":"opened 1","grants":[{"role":"hall-manager","node":"{{site.District}}"},{"role":"supervisor","node":null}]}""");
        Assert.Equal(201, status);
        var password = (string)opened!["password"]!;
        Assert.NotNull(await Accounts.SignInAsync("opened 1", password));
        var (_, one) = await SendAsync(security, HttpMethod.Get, "/opened%201");
        Assert.Equal(["hall-manager", "supervisor"], one!["grants"]!.AsArray().Select(grant => (string)grant!["role"]!));
        Assert.DoesNotContain(password, one.ToJsonString(), StringComparison.Ordinal);

        using var person = new Visitor(site.Url);
        await person.SignInAsync("opened 1", password);
        foreach (var end in new[] { "sessions/end", "second-factor/reset" })
        {
            Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account")).StatusCode);
            Assert.Equal(204, (await SendAsync(security, HttpMethod.Post, "/opened%201/" + end)).Status);
            Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).StatusCode);
            await person.SignInAsync("opened 1", password);
        }

        Assert.Equal(204, (await SendAsync(security, HttpMethod.Put, "/opened%201/grants", """{"grants":[{"role":"publisher","node":null}]}""")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).StatusCode);
        Assert.Equal("publisher", GrantText.Write((await Accounts.FindByNameAsync("opened 1"))!.Grants));
        var renewed = (string)(await SendAsync(security, HttpMethod.Post, "/opened%201/password")).Json!["password"]!;
        Assert.Null(await Accounts.SignInAsync("opened 1", password));
        Assert.NotNull(await Accounts.SignInAsync("opened 1", renewed));
        Assert.Equal(204, (await SendAsync(security, HttpMethod.Post, "/opened%201/disable")).Status);
        Assert.Null(await Accounts.SignInAsync("opened 1", renewed));
    }

    [Fact]
    public async Task An_address_is_told_to_those_who_manage_accounts_changed_and_taken_away()
    {
        using var security = await SignedInAsync("security-mail", "security-administrator");
        Assert.Equal(201, (await SendAsync(security, HttpMethod.Post, "", $$"""{"name":"mailed","grants":[{"role":"supervisor","node":"{{site.District}}"}],"email":"mailed@example.gov.cn"}""")).Status);
        Assert.Equal("mailed@example.gov.cn", (string?)(await SendAsync(security, HttpMethod.Get, "/mailed")).Json!["email"]);

        var (status, refused) = await SendAsync(security, HttpMethod.Put, "/mailed/email", """{"email":"not an address"}""");
        Assert.Equal((400, "email-unfit", "email"), (status, (string?)refused!["code"], (string?)refused["field"]));
        Assert.Equal((400, "member-missing"), await CodeAsync("""{}"""));
        Assert.Equal((400, "member-unknown"), await CodeAsync("""{"mail":"x@example.org"}"""));
        Assert.Equal(204, (await SendAsync(security, HttpMethod.Put, "/mailed/email", """{"email":"other@example.gov.cn"}""")).Status);
        Assert.Equal("other@example.gov.cn", (await Accounts.FindByNameAsync("mailed"))!.Email);

        var page = await (await security.GetAsync("/accounts/mailed")).Content.ReadAsStringAsync();
        Assert.Contains("value=\"other@example.gov.cn\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await security.PostAsync("/accounts/mailed", ("form", Visitor.SealOf(page)), ("act", "email"), ("email", "third@example.gov.cn"))).StatusCode);
        Assert.Equal("third@example.gov.cn", (await Accounts.FindByNameAsync("mailed"))!.Email);
        Assert.Equal(HttpStatusCode.BadRequest, (await security.PostAsync("/accounts/mailed", ("form", Visitor.SealOf(page)), ("act", "email"), ("email", "third@"))).StatusCode);
        Assert.Equal(204, (await SendAsync(security, HttpMethod.Put, "/mailed/email", """{"email":null}""")).Status);
        Assert.Null((await Accounts.FindByNameAsync("mailed"))!.Email);

        async Task<(int, string?)> CodeAsync(string body) =>
            await SendAsync(security, HttpMethod.Put, "/mailed/email", body) is var (told, json) ? (told, (string?)json!["code"]) : default;
    }

    [Fact]
    public async Task Two_administrators_in_one_account_are_refused_at_opening_and_at_change()
    {
        using var security = await SignedInAsync("security-2", "security-administrator");
        await Accounts.CreateAsync("apart", Visitor.PasswordOf("apart"), GrantText.Read("system-administrator"));
        const string Both = """[{"role":"security-administrator","node":null},{"role":"audit-administrator","node":null}]""";

        var (status, refused) = await SendAsync(security, HttpMethod.Post, "", $$"""{"name":"both","grants":{{Both}}}""");
        Assert.Equal((400, "roles-apart"), (status, (string?)refused!["code"]));
        (status, refused) = await SendAsync(security, HttpMethod.Put, "/apart/grants", $$"""{"grants":{{Both}}}""");
        Assert.Equal((400, "roles-apart"), (status, (string?)refused!["code"]));

        Assert.Null(await Accounts.FindByNameAsync("both"));
        Assert.Equal("system-administrator", GrantText.Write((await Accounts.FindByNameAsync("apart"))!.Grants));
    }

    [Fact]
    public async Task Nobody_changes_the_own_roles_password_or_factor_here_or_closes_the_own_account()
    {
        using var security = await SignedInAsync("security-3", "security-administrator");

        foreach (var (method, path, body) in new[] { (HttpMethod.Put, "/grants", """{"grants":[{"role":"supervisor","node":null}]}"""), (HttpMethod.Post, "/password", null), (HttpMethod.Post, "/second-factor/reset", null), (HttpMethod.Post, "/disable", null) })
        {
            var (status, refused) = await SendAsync(security, method, "/Security-3" + path, body);
            Assert.Equal((403, "account-own"), (status, (string?)refused!["code"]));
        }

        Assert.Equal(HttpStatusCode.OK, (await security.GetAsync("/accounts/security-3")).StatusCode);
    }

    [Fact]
    public async Task An_account_of_the_providers_gets_no_password_here()
    {
        using var security = await SignedInAsync("security-6", "security-administrator");
        await Accounts.CreateAsync("vouched", null, GrantText.Read("supervisor"));
        var before = (await Accounts.FindByNameAsync("vouched"))!;

        var (status, refused) = await SendAsync(security, HttpMethod.Post, "/vouched/password");

        Assert.Equal((409, "account-external", null), (status, (string?)refused!["code"], (string?)refused["password"]));
        Assert.Equal(before.Stamp, (await Accounts.FindByNameAsync("vouched"))!.Stamp);
    }

    [Fact]
    public async Task Beyond_the_own_node_accounts_look_as_if_they_did_not_exist()
    {
        var hall = await site.NewHallAsync();
        using var security = await SignedInAsync("security-4", "security-administrator@" + site.ForeignDistrict);
        using var near = await SignedInAsync("near", "hall-manager@" + site.ForeignHall.Id);
        using var far = await SignedInAsync("far", $"hall-manager@{hall.Id} hall-manager@{site.ForeignHall.Id}");
        using var wide = await SignedInAsync("wide", "hall-manager");

        var listed = (await SendAsync(security, HttpMethod.Get, "")).Json!["accounts"]!.AsArray().Select(account => (string)account!["name"]!).ToList();
        Assert.Equal((true, true, false, false), (listed.Contains("near"), listed.Contains("security-4"), listed.Contains("far"), listed.Contains("wide")));
        Assert.Equal(200, (await SendAsync(security, HttpMethod.Get, "/near")).Status);
        var missing = await SendAsync(security, HttpMethod.Get, "/missing");
        foreach (var name in new[] { "far", "wide" })
        {
            var hidden = await SendAsync(security, HttpMethod.Get, "/" + name);
            Assert.Equal((404, missing.Json!.ToJsonString().Replace("missing", name, StringComparison.Ordinal)), (hidden.Status, hidden.Json!.ToJsonString()));
            foreach (var act in new[] { "/disable", "/password", "/sessions/end", "/second-factor/reset" })
                Assert.Equal(404, (await SendAsync(security, HttpMethod.Post, $"/{name}{act}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await security.GetAsync("/accounts/" + name)).StatusCode);
        }

        // Nor is a role given beyond it.
        foreach (var (node, code, status) in new[] { ("null", "grants-wide", 400), ($"\"{hall.Id}\"", "node-unknown", 404), ("\"n99999\"", "node-unknown", 404) })
        {
            var (answered, refused) = await SendAsync(security, HttpMethod.Post, "", $$"""{"name":"beyond","grants":[{"role":"hall-manager","node":{{node}}}]}""");
            Assert.Equal((status, code), (answered, (string?)refused!["code"]));
        }

        Assert.Null(await Accounts.FindByNameAsync("beyond"));
        Assert.False((await Accounts.FindByNameAsync("far"))!.Disabled);
    }

    [Theory]
    [InlineData("system-administrator district-manager")]
    [InlineData("audit-administrator")]
    [InlineData("hall-manager")]
    public async Task Nobody_else_manages_accounts_or_sees_the_way_there(string grants)
    {
        using var visitor = await SignedInAsync("other-" + grants.Length, grants);

        Assert.Equal(403, (await SendAsync(visitor, HttpMethod.Get, "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/accounts")).StatusCode);
        Assert.DoesNotContain("href=\"/accounts\"", await visitor.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_do_the_same_and_show_a_password_once()
    {
        using var security = await SignedInAsync("security-5", "security-administrator");
        var page = await security.TextAsync("/accounts");
        Assert.Contains("href=\"/accounts\"", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await security.PostAsync("/accounts", ("form", "forged"), ("name", "paged"), ("grants", "supervisor"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await security.PostAsync("/accounts", ("form", Visitor.SealOf(page)), ("name", "paged"), ("grants", "king"))).StatusCode);
        var opened = await security.PostAsync("/accounts", ("form", Visitor.SealOf(page)), ("name", "paged"), ("grants", $"supervisor\r\nhall-manager@{site.ForeignHall.Path}"));
        var password = System.Text.RegularExpressions.Regex.Match(await opened.Content.ReadAsStringAsync(), "<pre tabindex=\"0\">([a-z0-9-]{23})</pre>").Groups[1].Value;
        Assert.NotNull(await Accounts.SignInAsync("paged", password));
        Assert.Equal($"supervisor hall-manager@{site.ForeignHall.Id}", GrantText.Write((await Accounts.FindByNameAsync("paged"))!.Grants));
        Assert.DoesNotContain(password, await security.TextAsync("/accounts/paged"), StringComparison.Ordinal);

        foreach (var (act, grants) in new[] { ("grants", "publisher"), ("factor", ""), ("sessions", ""), ("disable", "") })
            Assert.Equal("/accounts/paged", (await security.PostAsync("/accounts/paged", ("form", Visitor.SealOf(page)), ("act", act), ("grants", grants))).Headers.Location!.OriginalString);
        var account = (await Accounts.FindByNameAsync("paged"))!;
        Assert.Equal(("publisher", true), (GrantText.Write(account.Grants), account.Disabled));
    }

    [Fact]
    public async Task Everybody_changes_the_own_password_which_ends_all_other_sessions()
    {
        using var here = await SignedInAsync("owner", "window-staff");
        using var there = new Visitor(site.Url);
        await there.SignInAsync("owner");
        var seal = Visitor.SealOf(await here.TextAsync("/account"));

        Assert.Equal(HttpStatusCode.BadRequest, (await here.PostAsync("/account/password", ("form", seal), ("password", "wrong"), ("new", "quite another one"), ("again", "quite another one"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await here.PostAsync("/account/password", ("form", seal), ("password", Visitor.PasswordOf("owner")), ("new", "short"), ("again", "short"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/account")).StatusCode);
        await here.PostAsync("/account/password", ("form", seal), ("password", Visitor.PasswordOf("owner")), ("new", "quite another one"), ("again", "quite another one"));

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/account")).StatusCode);
        await here.PostAsync("/account/sessions", ("form", Visitor.SealOf(await here.TextAsync("/account"))));
        Assert.Equal(HttpStatusCode.Redirect, (await here.GetAsync("/account")).StatusCode);
    }

    private async Task<Visitor> SignedInAsync(string name, string grants)
    {
        Assert.Equal(AccountOutcome.Done, await Accounts.CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(site.Url);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }

    private static async Task<(int Status, JsonNode? Json)> SendAsync(Visitor visitor, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/accounts" + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await visitor.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
