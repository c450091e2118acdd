using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Xunit;

namespace Feedback.Api.Tests.Terminals;

[Collection(OneSite.Name)]
public sealed partial class EnrolmentTests(RunningSite site)
{
    private const string Enrol = "/api/v1/terminals/enrol";
    private const string Renew = "/api/v1/terminals/key";

    [Fact]
    public async Task A_terminal_comes_with_a_code_and_pushes_by_what_it_got()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);

        var answer = await EnrolAsync(await desk.CodeAsync(hall.Window), "hmac-sha256");

        Assert.Equal((200, hall.Window, "hmac-sha256"), (answer.Status, (string?)answer.Json["node"], (string?)answer.Json["algorithm"]));
        using var terminal = SigningTerminal.OfSecret((string)answer.Json["key"]!, (string)answer.Json["terminal"]!, (string)answer.Json["secret"]!);
        Assert.Equal(201, (await PushAsync(terminal.Sign(Some.Evaluation(hall.Window)))).Status);
    }

    [Fact]
    public async Task A_terminal_keeps_its_private_key_to_itself()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var answer = await EnrolAsync(await desk.CodeAsync(hall.Window), "es256", publicKey: PublicKeyOf(pair));

        Assert.Null(answer.Json["secret"]);
        using var terminal = SigningTerminal.OfEcdsa((string)answer.Json["key"]!, (string)answer.Json["terminal"]!, pair);
        Assert.Equal(201, (await PushAsync(terminal.Sign(Some.Evaluation(hall.Window)))).Status);
    }

    [Fact]
    public async Task A_wrong_a_used_and_an_expired_code_get_one_same_answer()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var used = await desk.CodeAsync(hall.Window);
        await EnrolAsync(used, "hmac-sha256");
        var expired = CodeLetters.Draw();
        var now = site.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await site.Bureau.DecideAsync(StreamName.Keys, state => new Decision([new EnrolmentCodeIssued
        {
            Salt = Some.Salt(),
            Code = "c" + state.Keys.NextCodeNumber.ToString((IFormatProvider?)null),
            Scope = new NodeId(hall.Window),
            Hash = KeyRing.HashOf(CodeLetters.Plain(expired)),
            Algorithms = [KeyAlgorithm.HmacSha256],
            Expires = now - 1,
            At = now - 1000,
        }]));

        var answers = new[] { await EnrolAsync(used, "hmac-sha256"), await EnrolAsync(expired, "hmac-sha256"), await EnrolAsync(CodeLetters.Draw(), "hmac-sha256"), await EnrolAsync("?", "plain") };

        Assert.All(answers, answer => Assert.Equal((400, "code-refused", answers[0].Text), (answer.Status, answer.Code, answer.Text)));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_with_the_same_key()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var code = await desk.CodeAsync(hall.Window);
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);

        var (first, again, other) = (await EnrolAsync(code, "hmac-sha256", secret), await EnrolAsync(code, "hmac-sha256", secret), await EnrolAsync(code, "hmac-sha256", KeyIssue.NewSecret(KeyPurpose.Device)));

        Assert.Equal((200, first.Text, "code-refused"), (again.Status, again.Text, other.Code));
        // What the terminal knows already is not said again.
        Assert.Null(first.Json["secret"]);
    }

    [Fact]
    public async Task Of_many_terminals_with_one_code_one_gets_a_key()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var code = await desk.CodeAsync(hall.Window);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EnrolAsync(code, "hmac-sha256")));

        Assert.Equal(1, answers.Count(answer => answer.Status == 200));
        Assert.Single(site.Bureau.Current.Keys.Keys, key => key.Scope.Value == hall.Window);
    }

    [Fact]
    public async Task A_plain_key_is_had_only_where_the_administrator_said_so()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);

        Assert.Equal((403, "algorithm-refused"), await CodeOf(EnrolAsync(await desk.CodeAsync(hall.Window), "plain")));
        var allowed = await EnrolAsync(await desk.CodeAsync(hall.Window, "plain"), "plain");

        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(hall.Window), key: (string)allowed.Json["secret"]!)).Status);
    }

    [Fact]
    public async Task People_may_type_a_code_as_they_like()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var code = await desk.CodeAsync(hall.Window);

        Assert.Matches("^([34679ACDEFGHJKMNPQRTVWXY]{4}-){3}[34679ACDEFGHJKMNPQRTVWXY]{4}$", code);
        Assert.Equal(200, (await EnrolAsync($" {code.ToLowerInvariant().Replace('-', ' ')} ", "hmac-sha256")).Status);
    }

    [Fact]
    public async Task A_hall_gets_a_code_for_every_window_at_once_good_for_a_day()
    {
        var hall = await site.NewHallAsync(windows: 3);
        using var desk = await SecurityDesk.OpenAsync(site);

        var (status, json) = await desk.PostAsync("/api/v1/enrolment-codes", new JsonObject { ["node"] = hall.Path, ["everyWindow"] = true });

        var codes = json["codes"]!.AsArray();
        Assert.Equal((200, string.Join(' ', hall.Windows)), (status, string.Join(' ', codes.Select(code => (string?)code!["node"]))));
        Assert.Equal(3, codes.Select(code => (string)code!["letters"]!).Distinct().Count());
        Assert.All(codes, code => Assert.InRange((DateTimeOffset)code!["expires"]!, site.Clock.GetUtcNow().AddHours(23), site.Clock.GetUtcNow().AddHours(24)));
        Assert.Equal(hall.Windows[1], (string?)(await EnrolAsync((string)codes[1]!["letters"]!, "hmac-sha256")).Json["node"]);
    }

    [Fact]
    public async Task Neither_a_code_nor_a_secret_is_kept()
    {
        var hall = await site.NewHallAsync();
        using var desk = await SecurityDesk.OpenAsync(site);
        var code = await desk.CodeAsync(hall.Window);
        var secret = (string)(await EnrolAsync(code, "hmac-sha256")).Json["secret"]!;

        var rows = (await site.Service<IJournal>().ReadAsync(StreamName.Keys, 0, 10_000)).Select(row => Encoding.UTF8.GetString(row.Events.Span)).ToList();

        Assert.DoesNotContain(rows, row => row.Contains(secret, StringComparison.Ordinal) || row.Contains(code, StringComparison.Ordinal)
            || row.Contains(CodeLetters.Plain(code), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"algorithm":"hmac-sha256"}""", "member-missing", "code")]
    [InlineData("""{"code":"A"}""", "member-missing", "algorithm")]
    [InlineData("""{"code":"A","algorithm":"rot13"}""", "algorithm-unknown", "algorithm")]
    [InlineData("""{"code":"A","algorithm":"es256"}""", "member-missing", "publicKey")]
    [InlineData("""{"code":"A","algorithm":"es256","publicKey":"AAAA"}""", "public-key-invalid", "publicKey")]
    [InlineData("""{"code":"A","algorithm":"es256","publicKey":"?"}""", "public-key-invalid", "publicKey")]
    [InlineData("""{"code":"A","algorithm":"plain","publicKey":"AAAA"}""", "member-unsuited", "publicKey")]
    [InlineData("""{"code":"A","algorithm":"plain","secret":"short"}""", "secret-unfit", "secret")]
    [InlineData("""{"code":"A","algorithm":"plain","secret":"with blanks and 22 characters"}""", "secret-unfit", "secret")]
    [InlineData("""{"code":"A","code":"B","algorithm":"plain"}""", "member-twice", "code")]
    [InlineData("""{"code":"A","algorithm":"plain","scope":"n1"}""", "member-unknown", "scope")]
    [InlineData("[]", "object-expected", null)]
    public async Task What_a_terminal_brings_is_refused_by_name(string body, string code, string? field)
    {
        var answer = await site.Client.PushAsync(body, Enrol, key: null);

        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public void A_public_key_of_another_curve_or_with_anything_behind_it_is_none()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(1024);
        var right = p256.ExportSubjectPublicKeyInfo();
        var offTheCurve = right.ToArray();
        offTheCurve[^1] ^= 1;

        Assert.True(PublicKeyText.TryRead(Convert.ToBase64String(right), out var read));
        read.Dispose();
        foreach (var wrong in new[] { p384.ExportSubjectPublicKeyInfo(), rsa.ExportSubjectPublicKeyInfo(), [.. right, 0], right[..^1], offTheCurve, p256.ExportPkcs8PrivateKey(), [] })
            Assert.False(PublicKeyText.TryRead(Convert.ToBase64String(wrong), out _));
    }

    [Fact]
    public void Nothing_breaks_the_reading_of_public_keys()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var right = pair.ExportSubjectPublicKeyInfo();
        var random = new Random(20261125);
        for (var i = 0; i < 5_000; i++)
        {
            var changed = right.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (PublicKeyText.TryRead(Convert.ToBase64String(changed[..random.Next(1, changed.Length + 1)]), out var key))
                key.Dispose();
        }
    }

    private Task<Answer> EnrolAsync(string code, string algorithm, string? secret = null, string? publicKey = null)
    {
        var body = new JsonObject { ["code"] = code, ["algorithm"] = algorithm };
        if (secret is not null)
            body["secret"] = secret;
        if (publicKey is not null)
            body["publicKey"] = publicKey;
        return site.Client.PushAsync(body, Enrol, key: null);
    }

    private async Task<Answer> RenewAsync(Answer enrolled, string algorithm, string secret)
    {
        var body = new JsonObject { ["algorithm"] = algorithm, ["secret"] = secret }.ToJsonString();
        if ((string)enrolled.Json["algorithm"]! == "plain")
            return await site.Client.PushAsync(body, Renew, key: (string)enrolled.Json["secret"]!);
        using var terminal = SigningTerminal.OfSecret((string)enrolled.Json["key"]!, (string)enrolled.Json["terminal"]!, (string)enrolled.Json["secret"]!);
        using var request = new HttpRequestMessage(HttpMethod.Post, Renew) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Signature", terminal.HeaderOf("POST", Renew, body, site.Clock.GetUtcNow()));
        return await site.Client.SendAsync(request);
    }

    private Task<Answer> PushAsync(JsonObject body) => site.Client.PushAsync(body, key: null);

    private static async Task<(int, string?)> CodeOf(Task<Answer> asked) => await asked is var answer ? (answer.Status, answer.Code) : default;

    private static string PublicKeyOf(ECDsa pair) => Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo());
}
