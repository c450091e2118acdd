using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Accounts;

/// <summary>Which member of staff the person of an account is.</summary>
[Collection(OneSite.Name)]
public sealed class AccountStaffTests(RunningSite site)
{
    private static int _numbers;

    private IAccounts Accounts => site.Service<IAccounts>();

    [Fact]
    public async Task A_code_is_given_at_the_opening_or_later_told_to_those_who_manage_accounts_and_taken_away()
    {
        var (first, second) = (await site.NewStaffAsync(), await site.NewStaffAsync());
        using var security = await SignedInAsync("security-administrator");
        var name = NewName();
        Assert.Equal(201, (await SendAsync(security, HttpMethod.Post, "", Opening(name, first))).Status);
        Assert.Equal(first, (string?)(await SendAsync(security, HttpMethod.Get, "/" + name)).Json!["staff"]);

        Assert.Equal(204, (await SetAsync(security, name, second)).Status);
        Assert.Equal(second, await StaffOfAsync(name));
        Assert.Equal((404, "account-unknown", "account"), CodeOf(await SetAsync(security, "nobody-here", second)));
        Assert.Equal((400, "staff-unknown", "staff"), CodeOf(await SetAsync(security, name, "s-nobody")));
        Assert.Equal((400, "member-missing", "staff"), CodeOf(await SendAsync(security, HttpMethod.Put, $"/{name}/staff", "{}")));
        Assert.Equal((400, "member-unknown", "code"), CodeOf(await SendAsync(security, HttpMethod.Put, $"/{name}/staff", """{"code":"s-1"}""")));
        Assert.Equal((400, "text-too-long", "staff"), CodeOf(await SetAsync(security, name, new string('s', 65))));
        Assert.Equal(second, await StaffOfAsync(name));

        // It stays with an account that is disabled, until it is taken away.
        Assert.Equal(204, (await SendAsync(security, HttpMethod.Post, $"/{name}/disable")).Status);
        Assert.Equal(second, await StaffOfAsync(name));
        Assert.Equal(204, (await SetAsync(security, name, null)).Status);
        Assert.Null(await StaffOfAsync(name));
    }

    [Fact]
    public async Task A_code_of_another_account_is_refused_and_that_one_named_to_those_only_who_may_see_it()
    {
        var code = await site.NewStaffAsync();
        using var security = await SignedInAsync("security-administrator");
        using var near = await SignedInAsync("security-administrator@" + site.ForeignDistrict);
        var (holder, second, third, theirs) = (NewName(), NewName(), NewName(), NewName());
        await Accounts.CreateAsync(holder, Visitor.PasswordOf(holder), GrantText.Read("hall-manager@" + site.District));
        await Accounts.CreateAsync(second, Visitor.PasswordOf(second), GrantText.Read("supervisor"));
        await Accounts.CreateAsync(theirs, Visitor.PasswordOf(theirs), GrantText.Read("supervisor@" + site.ForeignDistrict));
        Assert.Equal(204, (await SetAsync(security, holder, code)).Status);
        Assert.Equal(204, (await SetAsync(security, holder, code)).Status);

        var taken = await SetAsync(security, second, code);
        Assert.Equal((409, "staff-taken", "staff"), CodeOf(taken));
        Assert.Contains(holder, (string)taken.Json!["title"]!, StringComparison.Ordinal);
        Assert.Contains($"该工号已属于账户“{holder}”", (string)(await SetAsync(security, second, code, "zh-CN")).Json!["title"]!, StringComparison.Ordinal);
        var elsewhere = await SetAsync(near, theirs, code);
        Assert.Equal((409, "staff-taken-elsewhere", "staff"), CodeOf(elsewhere));
        Assert.DoesNotContain(holder, elsewhere.Json!.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal((409, "staff-taken", "staff"), CodeOf(await SendAsync(security, HttpMethod.Post, "", Opening(third, code))));
        Assert.Null(await Accounts.FindByNameAsync(third));
        Assert.Equal((code, null, null), (await StaffOfAsync(holder), await StaffOfAsync(second), await StaffOfAsync(theirs)));
    }

    [Fact]
    public async Task Nobody_says_who_they_are_themselves_and_nobody_else_says_it_of_others()
    {
        var code = await site.NewStaffAsync();
        var self = NewName();
        using var security = await SignedInAsync("security-administrator", self);
        Assert.Equal((403, "account-own", "account"), CodeOf(await SetAsync(security, self, code)));
        Assert.DoesNotContain("name=\"staff\"", await security.TextAsync("/accounts/" + self), StringComparison.Ordinal);

        foreach (var grants in new[] { "system-administrator district-manager", "audit-administrator", "case-officer", "supervisor", "window-staff" })
        {
            using var visitor = await SignedInAsync(grants);
            Assert.Equal(403, (await SetAsync(visitor, self, code)).Status);
        }

        Assert.Null(await StaffOfAsync(self));
    }

    [Fact]
    public async Task The_pages_do_the_same()
    {
        var (first, second) = (await site.NewStaffAsync(), await site.NewStaffAsync());
        using var security = await SignedInAsync("security-administrator");
        var name = NewName();
        var list = await security.TextAsync("/accounts");
        Assert.Equal(HttpStatusCode.BadRequest, (await security.PostAsync("/accounts", ("form", Visitor.SealOf(list)), ("name", name), ("grants", "supervisor"), ("staff", "s-nobody"))).StatusCode);
        Assert.Null(await Accounts.FindByNameAsync(name));
        Assert.Equal(HttpStatusCode.OK, (await security.PostAsync("/accounts", ("form", Visitor.SealOf(list)), ("name", name), ("grants", "supervisor"), ("staff", first))).StatusCode);

        var page = await security.TextAsync("/accounts/" + name);
        Assert.Contains($"value=\"{first}\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync($" {second} ")).StatusCode);
        Assert.Equal(second, await StaffOfAsync(name));
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("s-nobody")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync("")).StatusCode);
        Assert.Null(await StaffOfAsync(name));

        Task<HttpResponseMessage> PostAsync(string staff) => security.PostAsync("/accounts/" + name, ("form", Visitor.SealOf(page)), ("act", "staff"), ("staff", staff));
    }

    private static string NewName() => $"staffed-{Interlocked.Increment(ref _numbers)}";

    private static string Opening(string name, string staff) => $$"""{"name":"{{name}}","grants":[{"role":"supervisor","node":null}],"staff":"{{staff}}"}""";

    private static (int, string?, string?) CodeOf((int Status, JsonNode? Json) answer) => (answer.Status, (string?)answer.Json!["code"], (string?)answer.Json["field"]);

    private async Task<string?> StaffOfAsync(string name) => (await Accounts.FindByNameAsync(name))!.Staff;

    private async Task<Visitor> SignedInAsync(string grants, string? name = null)
    {
        name ??= NewName();
        Assert.Equal(AccountOutcome.Done, await Accounts.CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(site.Url);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }

    private static Task<(int Status, JsonNode? Json)> SetAsync(Visitor visitor, string name, string? staff, string language = "en") =>
        SendAsync(visitor, HttpMethod.Put, $"/{name}/staff", new JsonObject { ["staff"] = staff }.ToJsonString(), language);

    private static async Task<(int Status, JsonNode? Json)> SendAsync(Visitor visitor, HttpMethod method, string path, string? body = null, string language = "en")
    {
        using var request = new HttpRequestMessage(method, "/api/v1/accounts" + path);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await visitor.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
