using System.Text;
using CsCheck;
using Feedback.Api.Access;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Terminals;

[Collection(OneSite.Name)]
public sealed class SignedRequestTests(RunningSite site)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(KeyAlgorithm.HmacSha256)]
    [InlineData(KeyAlgorithm.Es256)]
    public async Task A_signing_terminal_signs_what_is_no_event_as_a_request(KeyAlgorithm algorithm)
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window, algorithm);
        var (target, body) = Request(hall.Window);

        Assert.Equal((200, null), await SendAsync(target, body, terminal.HeaderOf("POST", target, body, site.Clock.GetUtcNow())));
        // Nothing in it happens twice: a listener who repeats it changes nothing.
        Assert.Equal((200, null), await SendAsync(target, body, terminal.HeaderOf("POST", target, body, site.Clock.GetUtcNow() - (4 * Minute))));
    }

    [Fact]
    public async Task What_was_signed_cannot_be_used_for_anything_else_or_later()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var ((target, body), now) = (Request(hall.Window), site.Clock.GetUtcNow());
        var header = terminal.HeaderOf("POST", target, body, now);

        Assert.Equal((401, "signature-wrong"), await SendAsync(target, body.Replace("null", "\"s-1\"", StringComparison.Ordinal), header));
        Assert.Equal((401, "signature-wrong"), await SendAsync(target + "?x", body, header));
        Assert.Equal((401, "signature-wrong"), await SendAsync(Request(other.Window).Target, body, header));
        Assert.Equal((401, "signature-wrong"), await SendAsync(target, body, terminal.HeaderOf("PUT", target, body, now)));
        foreach (var time in new[] { now - (6 * Minute), now + (6 * Minute) })
            Assert.Equal((401, "signature-time"), await SendAsync(target, body, terminal.HeaderOf("POST", target, body, time)));
        Assert.Equal((400, "signature-malformed"), await SendAsync(target, body, "k1.nonsense"));
    }

    [Fact]
    public async Task A_request_needs_a_key_that_is_good_now()
    {
        var hall = await site.NewHallAsync();
        using var expired = await SigningTerminal.IssuedAsync(site, hall.Window, ago: TimeSpan.FromDays(2), endedAgo: TimeSpan.FromDays(1));
        using var revoked = await SigningTerminal.IssuedAsync(site, hall.Window);
        using var foreign = await SigningTerminal.IssuedAsync(site, (await site.NewHallAsync()).Id);
        await KeyIssue.RevokeAsync(site.Bureau, revoked.Key, site.Clock);
        var (target, body) = Request(hall.Window);

        Assert.Equal((401, "signing-key-expired"), await SendAsync(target, body, expired.HeaderOf("POST", target, body, site.Clock.GetUtcNow())));
        Assert.Equal((401, "signing-key-revoked"), await SendAsync(target, body, revoked.HeaderOf("POST", target, body, site.Clock.GetUtcNow())));
        Assert.Equal((404, "window-unknown"), await SendAsync(target, body, foreign.HeaderOf("POST", target, body, site.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task A_terminal_that_signs_is_not_let_in_by_its_secret()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var (target, body) = Request(hall.Window);

        var answer = await site.Client.PushAsync(body, target, key: terminal.Secret);

        Assert.Equal((401, "signature-required"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_believed()
    {
        var hall = await site.NewHallAsync();
        using var terminal = await SigningTerminal.IssuedAsync(site, hall.Window);
        var (target, body) = (Request(hall.Window).Target, new string(' ', 70_000));

        Assert.Equal((413, "body-too-large"), await SendAsync(target, body, terminal.HeaderOf("POST", target, body, site.Clock.GetUtcNow())));
    }

    [Fact]
    public void Nothing_breaks_the_reading_of_the_header() =>
        Gen.String[Gen.OneOf(Gen.Char['0', '9'], Gen.OneOf('k', '.', '-', '_', 'A', ' ', '\0', '\ud800')), 0, 80]
            .Sample(text => !SignedRequests.TryParse(text, out _, out var signature) || signature is not null, iter: 50_000);

    private static (string Target, string Body) Request(string window) =>
        ($"/api/v1/windows/{window}/staff", $$"""{"staff":null,"occurredAt":"{{Some.Time()}}"}""");

    private async Task<(int, string?)> SendAsync(string target, string body, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("X-Signature", header);
        var answer = await site.Client.SendAsync(request);
        return (answer.Status, answer.Status < 300 ? null : answer.Code);
    }
}
