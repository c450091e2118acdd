using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

/// <summary>What strangers get who come by other ways than the public address.</summary>
public sealed class GateTests(ExposedSite site) : IClassFixture<ExposedSite>
{
    [Theory]
    [InlineData("/halls?lang=zh", "/halls?lang=zh")]
    [InlineData("/%E9%9D%92", "/%E9%9D%92")]
    [InlineData("//evil.example/", "//evil.example/")]
    public async Task A_page_without_encryption_leads_to_the_same_page_of_the_public_address(string path, string expected)
    {
        var answer = await site.AskAsync(path, encrypted: false);

        Assert.Equal((308, ExposedSite.PublicUrl + expected), ((int)answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task What_may_carry_a_key_is_refused_without_encryption()
    {
        foreach (var (path, method) in new[] { ("/api/v1/evaluations", HttpMethod.Post), ("/api/v1/nodes", HttpMethod.Get), ("/sign-in", HttpMethod.Post) })
        {
            Assert.Equal((403, "https-required"), await RefusedAsync(await site.AskAsync(path, encrypted: false, method: method)));
            var pretended = await site.AskAsync(path, encrypted: false, method: method, headers: ("X-Forwarded-Proto", "https"));
            Assert.Equal((403, "https-required"), await RefusedAsync(pretended));
        }
    }

    [Fact]
    public async Task The_machine_itself_needs_no_encryption() =>
        Assert.Equal((401, "key-missing"), await RefusedAsync(await site.AskAsync("/api/v1/nodes", encrypted: false, host: "127.0.0.1")));

    [Theory]
    [InlineData("evil.example")]
    [InlineData("feedback.example.gov.cn.evil.example")]
    [InlineData("10.0.0.1:8080")]
    public async Task Another_name_is_refused(string name)
    {
        foreach (var encrypted in new[] { true, false })
            Assert.Equal((421, "host-unknown"), await RefusedAsync(await site.AskAsync("/", encrypted, name, headers: ("X-Forwarded-Host", ExposedSite.Name))));
    }

    [Theory]
    [InlineData("zh-CN", "域名")]
    [InlineData("en", "does not answer under the name 'evil.example'")]
    public async Task The_refusal_of_a_name_is_worded_for_people(string language, string words)
    {
        var answer = await site.AskAsync("/", encrypted: true, "evil.example", headers: ("Accept-Language", language));

        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_probe_asks_for_health_by_any_name_and_without_encryption() =>
        Assert.Equal("ready", await (await site.AskAsync("/healthz/ready", encrypted: false, host: "10.0.0.1")).Content.ReadAsStringAsync());

    [Fact]
    public async Task Browsers_are_told_to_stay_with_encryption_only_where_it_is_in_use()
    {
        Assert.Equal(["max-age=15552000"], (await site.AskAsync("/", encrypted: true)).Headers.GetValues("Strict-Transport-Security"));
        Assert.False((await site.AskAsync("/", encrypted: false)).Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Nobody_is_believed_about_where_they_come_from_unless_a_proxy_was_named()
    {
        var answer = await site.AskAsync("/healthz/connection", encrypted: true, headers: [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "http")]);

        Assert.Equal(
            """{"scheme":"https","host":"feedback.example.gov.cn","client":"127.0.0.1"}""", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<(int, string?)> RefusedAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]);
}
