using System.Net;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Xunit;

namespace Feedback.Api.Tests.Audit;

/// <summary>Who may look into the audit trail, and what is found there.</summary>
[Collection(OneSite.Name)]
public sealed class AuditTests(RunningSite site)
{
    private AuditTrail Trail => site.Service<AuditTrail>();

    [Fact]
    public async Task Nobody_but_the_audit_administrator_reads_it()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await SignedInAsync($"reads-{role.Word()}", role);
            var allowed = role == Role.AuditAdministrator;
            Assert.Equal((role, allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (role, (await visitor.GetAsync("/api/v1/audit")).StatusCode));
            Assert.Equal((role, allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden), (role, (await visitor.GetAsync("/api/v1/audit.csv")).StatusCode));
            Assert.Equal((role, allowed ? HttpStatusCode.OK : HttpStatusCode.NotFound), (role, (await visitor.GetAsync("/audit")).StatusCode));
        }

        Assert.Equal(403, (await site.Client.GetAsync("/api/v1/audit")).Status);
        Assert.Equal(401, (await site.Client.GetAsync("/api/v1/audit", token: null)).Status);
    }

    [Fact]
    public async Task Every_refusal_by_policy_lands_in_it()
    {
        using var visitor = await SignedInAsync("is-refused", Role.Publisher);
        using var auditor = await SignedInAsync("finds-refusals", Role.AuditAdministrator);
        await visitor.GetAsync("/api/v1/nodes");
        await visitor.GetAsync("/api/v1/nodes");
        await visitor.GetAsync("/api/v1/audit");
        await visitor.GetAsync("/setup/template/staff.xlsx");
        await Trail.FlushAsync();

        var found = await EntriesAsync(auditor, "actor=account:is-refused&refused=true");
        Assert.Equal([("/setup/template/{kind}.xlsx", 1), ("audit", 1), ("nodes", 2)],
            found.Select(entry => ((string)entry!["act"]!, (int)entry["count"]!)).Order());
        Assert.All(found, entry => Assert.Equal(("forbidden", true), ((string?)entry!["reason"], entry["address"] is not null)));
    }

    [Fact]
    public async Task Who_only_names_a_terminals_key_is_nobody_known()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        using var auditor = await SignedInAsync("finds-strangers", Role.AuditAdministrator);
        var madeUp = terminal.Sign(Some.Evaluation(hall.Window)).With(("id", Some.Id()));
        Assert.Equal(401, (await site.Client.PushAsync(madeUp, key: null)).Status);
        await Trail.FlushAsync();

        Assert.Equal("unknown", (string?)Assert.Single(await EntriesAsync(auditor, $"target={terminal.Key}&refused=true"))!["actor"]);
        Assert.Empty(await EntriesAsync(auditor, $"actor=terminal:{site.Bureau.Current.Keys.FindById(terminal.Key)!.Terminal}&refused=true"));
    }

    [Fact]
    public async Task Signing_in_and_out_and_failing_to_leaves_its_trace_and_never_what_was_typed()
    {
        using var auditor = await SignedInAsync("finds-sessions", Role.AuditAdministrator);
        using var visitor = await SignedInAsync("comes-and-goes", Role.DistrictManager);
        await visitor.PostAsync("/sign-out", ("form", Visitor.SealOf(await (await visitor.GetAsync($"/nodes/{site.District}")).Content.ReadAsStringAsync())));
        await visitor.SignInAsync("comes-and-goes", "wrong");
        await visitor.SignInAsync("my secret password", "wrong");
        await Trail.FlushAsync();

        Assert.Equal(["session.ended", "session.began"], (await EntriesAsync(auditor, "actor=account:comes-and-goes")).Select(entry => (string)entry!["act"]!));
        Assert.Single(await EntriesAsync(auditor, "act=session.refused&target=account:comes-and-goes"));
        Assert.DoesNotContain("secret", await auditor.TextAsync("/api/v1/audit.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_come_first_and_next_leads_to_the_older_ones()
    {
        using var auditor = await SignedInAsync("pages", Role.AuditAdministrator);
        for (var i = 1; i <= 5; i++)
            await Trail.RecordAsync(new AuditEntry("page.tested", "verb") { Target = $"{i}" });

        var first = JsonNode.Parse(await auditor.TextAsync("/api/v1/audit?act=page.tested&limit=3"))!;
        var second = JsonNode.Parse(await auditor.TextAsync($"/api/v1/audit?act=page.tested&limit=3&after={first["next"]}"))!;

        Assert.Equal(["5", "4", "3"], first["entries"]!.AsArray().Select(entry => (string?)entry!["target"]));
        Assert.Equal(["2", "1"], second["entries"]!.AsArray().Select(entry => (string?)entry!["target"]));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("limit=0", "limit-invalid")]
    [InlineData("limit=201", "limit-invalid")]
    [InlineData("limit=many", "limit-invalid")]
    [InlineData("after=-1", "cursor-invalid")]
    [InlineData("refused=perhaps", "flag-invalid")]
    [InlineData("from=yesterday", "day-invalid")]
    [InlineData("from=2026-11-02&to=2026-11-02", "period-empty")]
    public async Task What_cannot_be_understood_is_refused_in_words(string query, string code)
    {
        using var auditor = await SignedInAsync("asks-" + query, Role.AuditAdministrator);
        var answer = await auditor.GetAsync("/api/v1/audit?" + query);
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]));
    }

    [Fact]
    public async Task An_export_is_recorded_and_no_cell_of_it_is_a_formula()
    {
        using var auditor = await SignedInAsync("exports", Role.AuditAdministrator);
        foreach (var target in new[] { "=1+1", "+1", "-1", "@sum", "\tx", " =1", "a,\"b\"" })
            await Trail.RecordAsync(new AuditEntry("export.tested", "verb") { Target = target, Reason = target });

        var answer = await auditor.GetAsync("/api/v1/audit.csv?act=export.tested");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        foreach (var cell in new[] { ",'=1+1,,'=1+1,", ",'+1,,'+1,", ",'-1,,'-1,", ",'@sum,,'@sum,", ",'\tx,,'\tx,", ",' =1,,' =1,", ",\"a,\"\"b\"\"\",,\"a,\"\"b\"\"\"," })
            Assert.Contains(cell, text, StringComparison.Ordinal);
        Assert.Equal("act=export.tested", (string?)Assert.Single(await EntriesAsync(auditor, "act=audit.exported&actor=account:exports"))!["target"]);
    }

    [Theory]
    [InlineData("en", "Audit trail", "Key or token revoked (key.revoked)", "What happens next")]
    [InlineData("zh", "审计日志", "吊销密钥或令牌 (key.revoked)", "What happens next")]
    public async Task The_page_shows_what_is_asked_for_in_the_readers_language(string language, string title, string act, string reason)
    {
        using var auditor = await SignedInAsync("looks-" + language, Role.AuditAdministrator);
        var target = "k-" + language;
        await Trail.RecordAsync(new AuditEntry(Acts.KeyRevoked, "account:lin") { Target = target, Node = site.District, Reason = reason + "<script>", Address = "10.0.0.7" });
        await Trail.RecordAsync(new AuditEntry(Acts.KeyRevoked, "account:lin") { Target = "other-" + language });

        var page = await (await auditor.GetAsync($"/audit?target={target}", language)).Content.ReadAsStringAsync();
        var words = WebUtility.HtmlDecode(page);

        foreach (var part in new[] { $"<h1>{title}</h1>", act, target, "10.0.0.7", $"/api/v1/audit.csv?target={target}" })
            Assert.Contains(part, words, StringComparison.Ordinal);
        Assert.DoesNotContain("other-" + language, words, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page.Replace("<script src", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.GetAsync("/audit?from=nonsense", language)).StatusCode);
    }

    private static async Task<JsonArray> EntriesAsync(Visitor auditor, string query) =>
        JsonNode.Parse(await auditor.TextAsync("/api/v1/audit?" + query))!["entries"]!.AsArray();

    private async Task<Visitor> SignedInAsync(string name, Role role)
    {
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(role, null)]));
        var visitor = new Visitor(site.Url);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }
}
