using System.Net;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Terminals;

[Collection(OneSite.Name)]
public sealed class AdministrationTests(RunningSite site)
{
    private const string Codes = "/api/v1/enrolment-codes";
    private const string Tokens = "/api/v1/tokens";

    [Fact]
    public async Task An_administrator_of_a_place_knows_and_touches_nothing_outside_of_it()
    {
        var (mine, other) = (await site.NewHallAsync(windows: 2), await site.NewHallAsync());
        var (mineKey, _) = await site.NewKeyAsync(KeyPurpose.Device, new NodeId(mine.Window));
        var (otherKey, _) = await site.NewKeyAsync(KeyPurpose.Device, new NodeId(other.Window));
        var (otherToken, _) = await site.NewKeyAsync(KeyPurpose.Read, new NodeId(other.Id));
        using var desk = await SecurityDesk.OpenAsync(site, new NodeId(mine.Id));

        var (_, list) = await desk.GetAsync("/api/v1/terminals");
        Assert.Equal(["t" + mineKey[1..]], list["terminals"]!.AsArray().Select(terminal => (string)terminal!["terminal"]!));
        Assert.Empty((await desk.GetAsync(Tokens)).Json["tokens"]!.AsArray());
        foreach (var (path, body, code) in new (string, JsonObject?, string)[]
        {
            (Codes, new JsonObject { ["node"] = other.Window }, "node-unknown"), (Codes, new JsonObject { ["node"] = "n999999" }, "node-unknown"),
            (Codes, new JsonObject { ["node"] = site.District.Value }, "node-unknown"),
            (Codes, new JsonObject { ["terminal"] = "t" + otherKey[1..] }, "terminal-unknown"), (Codes, new JsonObject { ["terminal"] = "t999999" }, "terminal-unknown"),
            ($"/api/v1/terminals/t{otherKey[1..]}/revoke", null, "terminal-unknown"), ("/api/v1/terminals/t999999/revoke", null, "terminal-unknown"),
            (Tokens, new JsonObject { ["node"] = other.Id }, "node-unknown"),
            ($"/api/v1/keys/{otherKey}/revoke", null, "key-unknown"), ($"/api/v1/keys/{otherToken}/revoke", null, "key-unknown"), ("/api/v1/keys/k999999/revoke", null, "key-unknown"),
        })
        {
            var (status, json) = await desk.PostAsync(path, body);
            Assert.Equal((path, 404, code), (path, status, (string?)json["code"]));
        }

        Assert.False(site.Bureau.Current.Keys.FindById(otherKey)!.Revoked);
        Assert.Equal((200, "revoked"), await desk.PostAsync($"/api/v1/keys/{mineKey}/revoke") is var (done, key) ? (done, (string?)key["state"]) : default);
    }

    [Theory]
    [InlineData(Role.SystemAdministrator)]
    [InlineData(Role.AuditAdministrator)]
    [InlineData(Role.HallManager)]
    [InlineData(Role.Supervisor)]
    public async Task Nobody_but_the_security_administrator_touches_keys(Role role)
    {
        using var desk = await SecurityDesk.OpenAsync(site, role: role);

        foreach (var path in new[] { "/api/v1/terminals", Tokens })
            Assert.Equal((403, "forbidden"), await desk.GetAsync(path) is var (status, json) ? (status, (string?)json["code"]) : default);
        foreach (var path in new[] { Codes, Tokens, "/api/v1/terminals/t1/revoke", "/api/v1/keys/k1/revoke" })
            Assert.Equal((403, "forbidden"), await desk.PostAsync(path, []) is var (status, json) ? (status, (string?)json["code"]) : default);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Visitor.GetAsync("/terminals")).StatusCode);
    }

    [Fact]
    public async Task A_token_is_good_for_what_it_was_issued_for_and_nothing_else()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);

        var (_, issued) = await desk.PostAsync(Tokens, new JsonObject { ["node"] = hall.Id, ["permissions"] = new JsonArray("read-released") });

        var secret = (string)issued["secret"]!;
        Assert.Equal("read-released", (string?)issued["token"]!["permissions"]!.AsArray().Single());
        Assert.Equal((403, "forbidden"), await site.Client.GetAsync("/api/v1/nodes", secret) is var answer ? (answer.Status, answer.Code) : default);
        Assert.DoesNotContain(secret, (await desk.GetAsync(Tokens)).Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_when_it_was_said_to()
    {
        var hall = await site.NewHallAsync();
        var now = site.Clock.GetUtcNow();
        var (living, dead) = (KeyIssue.NewSecret(KeyPurpose.Read), KeyIssue.NewSecret(KeyPurpose.Read));
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), living, site.Clock, expires: now.AddHours(1).ToUnixTimeMilliseconds());
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), dead, site.Clock, expires: now.ToUnixTimeMilliseconds());

        Assert.Equal(200, (await site.Client.GetAsync("/api/v1/nodes", living)).Status);
        var refused = await site.Client.GetAsync("/api/v1/nodes", dead);
        Assert.Equal((401, "key-expired"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task An_expired_key_pushes_nothing()
    {
        var hall = await site.NewHallAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        await KeyIssue.DeviceKeyAsync(site.Bureau, new NodeId(hall.Id), secret, site.Clock, expires: site.Clock.GetUtcNow().ToUnixTimeMilliseconds());

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window), key: secret);

        Assert.Equal((401, "key-expired"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{"permissions":["read-figures"]}""", "member-missing", "node")]
    [InlineData("""{"node":"n1","permissions":["push-events"]}""", "permission-refused", "permissions")]
    [InlineData("""{"node":"n1","permissions":["manage-keys"]}""", "permission-refused", "permissions")]
    [InlineData("""{"node":"n1","permissions":[]}""", "permission-refused", "permissions")]
    [InlineData("""{"node":"n1","expires":"2001-01-01T00:00:00Z"}""", "expires-invalid", "expires")]
    [InlineData("""{"node":"n1","role":"supervisor"}""", "member-unknown", "role")]
    public async Task A_token_that_may_not_be_is_refused_by_name(string body, string code, string field)
    {
        using var desk = await SecurityDesk.OpenAsync(site);

        var (status, json) = await desk.PostAsync(Tokens, (JsonObject)JsonNode.Parse(body)!);

        Assert.Equal((400, code, field), (status, (string?)json["code"], (string?)json["field"]));
    }

    [Theory]
    [InlineData("""{}""", "member-missing", "node")]
    [InlineData("""{"node":"n1","terminal":"t1"}""", "member-unsuited", "node")]
    [InlineData("""{"terminal":"t1","everyWindow":true}""", "member-unsuited", "terminal")]
    [InlineData("""{"node":"n1","everyWindow":true,"hours":2}""", "member-unsuited", "hours")]
    [InlineData("""{"node":"n1","hours":721}""", "lifetime-invalid", "hours")]
    [InlineData("""{"node":"n1","algorithms":["rot13"]}""", "algorithm-unknown", "algorithms")]
    [InlineData("""{"node":"n1","algorithms":[]}""", "member-missing", "algorithms")]
    [InlineData("""{"node":"n1","everyWindow":"yes"}""", "flag-invalid", "everyWindow")]
    public async Task Codes_that_may_not_be_are_refused_by_name(string body, string code, string field)
    {
        using var desk = await SecurityDesk.OpenAsync(site);

        var (status, json) = await desk.PostAsync(Codes, (JsonObject)JsonNode.Parse(body)!);

        Assert.Equal((400, code, field), (status, (string?)json["code"], (string?)json["field"]));
    }

    [Theory]
    [InlineData("en", "Print this page")]
    [InlineData("zh-CN", "请立即打印本页")]
    public async Task The_page_shows_new_codes_once_and_revokes_terminals(string language, string words)
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var desk = await SecurityDesk.OpenAsync(site, new NodeId(hall.Id));

        var page = await desk.Visitor.TextAsync("/terminals", language);
        var issued = await (await desk.Visitor.PostInAsync(language, "/terminals/codes", ("form", Visitor.SealOf(page)), ("node", hall.Id), ("every", "on"))).Content.ReadAsStringAsync();

        var letters = System.Text.RegularExpressions.Regex.Matches(issued, "<code>([A-Z0-9-]{19})</code>").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, letters.Count);
        Assert.Contains(words, WebUtility.HtmlDecode(issued), StringComparison.Ordinal);
        Assert.DoesNotContain(letters[0], await desk.Visitor.TextAsync("/terminals", language), StringComparison.Ordinal);
        var enrolled = await site.Client.PushAsync(new JsonObject { ["code"] = letters[0], ["algorithm"] = "hmac-sha256" }, "/api/v1/terminals/enrol", key: null);
        var terminal = (string)enrolled.Json["terminal"]!;
        var listed = await desk.Visitor.TextAsync("/terminals", language);
        var open = site.Bureau.Current.Keys.Codes.Single(code => code.Scope.Value == hall.Windows[1]).Id;
        Assert.Contains($"value=\"{open}\"", listed, StringComparison.Ordinal);
        await desk.Visitor.PostInAsync(language, "/terminals/codes/revoke", ("form", Visitor.SealOf(listed)), ("enrolmentCode", open));
        Assert.True(site.Bureau.Current.Keys.FindCodeById(open)!.Revoked);
        Assert.DoesNotContain($"value=\"{open}\"", await desk.Visitor.TextAsync("/terminals", language), StringComparison.Ordinal);
        Assert.Contains($"value=\"{terminal}\"", listed, StringComparison.Ordinal);

        await desk.Visitor.PostInAsync(language, "/terminals/revoke", ("form", Visitor.SealOf(listed)), ("terminal", terminal));

        Assert.True(site.Bureau.Current.Keys.FindById((string)enrolled.Json["key"]!)!.Revoked);
        Assert.DoesNotContain($"value=\"{terminal}\"", await desk.Visitor.TextAsync("/terminals", language), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_our_seal_does_nothing()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site, new NodeId(hall.Id));
        var codes = site.Bureau.Current.Keys.Codes.Count();

        var answer = await desk.Visitor.PostAsync("/terminals/codes", ("node", hall.Id));

        Assert.Equal((HttpStatusCode.BadRequest, codes), (answer.StatusCode, site.Bureau.Current.Keys.Codes.Count()));
    }
}
