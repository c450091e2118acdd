using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Silo.Notices;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Notices;

/// <summary>The file that says who is told.</summary>
public sealed class NoticeChoicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NoticeChoicesTests()
    {
        File.WriteAllText(_folder["key"], "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        File.WriteAllText(_folder["no-key"], "a password of somebody");
        File.WriteAllText(_folder["password"], "correct horse\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_file_is_read()
    {
        var choices = Read("""
            {
              // Comments are allowed.
              "mail": {
                "smtp": "mail.example.gov.cn:587", "user": "feedback", "passwordFile": "password", "from": "政务服务评价 <no-reply@example.gov.cn>",
                "citizens": true, "recipients": { "Li": "li@example.gov.cn" },
              },
              "hooks": [{ "name": "city", "url": "https://city.example.org/hooks", "secretFile": "key", "events": ["closed"], "node": "n2" }],
            }
            """);

        Assert.Equal(("mail.example.gov.cn", 587, false, "feedback", "correct horse"), (choices.Mail!.Host, choices.Mail.Port, choices.Mail.IsHere, choices.Mail.User, choices.Mail.Password));
        Assert.Equal(("li@example.gov.cn", "wang@example.gov.cn", null), (AddressOf("LI"), AddressOf("wang@example.gov.cn"), AddressOf("wang")));
        var hook = Assert.Single(choices.Settings.Hooks);
        Assert.Equal(("city", "n2", false, 1), (hook.Name, hook.Node, hook.AllowPrivate, hook.Keys.Length));
        Assert.True(choices.Settings is { Mail: true, Citizens: true, WantsNews: true });

        string? AddressOf(string name) => choices.Settings.AddressOf(new Account("id", name, [], Disabled: false, "stamp"));
    }

    [Fact]
    public void A_hook_on_this_machine_is_told_without_encryption_only_where_that_is_meant_so()
    {
        Assert.True(Read(Hook("http://127.0.0.1:9000/", ""","allowPrivate":true""")).Settings.Hooks[0].AllowPrivate);
        Assert.Contains("allowPrivate", Refused(Hook("http://127.0.0.1:9000/")), StringComparison.Ordinal);
        Assert.Contains("https", Refused(Hook("http://10.0.0.7/", ""","allowPrivate":true""")), StringComparison.Ordinal);
        Assert.Contains("allowPrivate", Refused(Hook("https://10.0.0.7/")), StringComparison.Ordinal);
        Assert.Contains("allowPrivate", Refused(Hook("https://0x7f000001/")), StringComparison.Ordinal);
        Assert.Contains("https", Refused(Hook("http://hook.example.org/")), StringComparison.Ordinal);
        Assert.Contains("https", Refused(Hook("https://user:secret@hook.example.org/")), StringComparison.Ordinal);
        Assert.Contains("https", Refused(Hook("ftp://hook.example.org/")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mial":{}}""", "line 1")]
    [InlineData("""[]""", "line 1")]
    [InlineData("""{"hooks":[{"name":"City!","url":"https://a.example.org/","secretFile":"key"}]}""", "City!")]
    [InlineData("""{"hooks":[{"name":"a","url":"https://a.example.org/","secretFile":"key"},{"name":"a","url":"https://b.example.org/","secretFile":"key"}]}""", "two have the name")]
    [InlineData("""{"hooks":[{"name":"a","url":"https://a.example.org/","secretFile":"key","events":["opend"]}]}""", "opend")]
    [InlineData("""{"hooks":[{"name":"a","url":"https://a.example.org/"}]}""", "secretFile")]
    [InlineData("""{"hooks":[{"name":"a","url":"https://a.example.org/","secretFile":"missing"}]}""", "missing")]
    [InlineData("""{"mail":{"from":"no-reply@example.gov.cn"}}""", "smtp")]
    [InlineData("""{"mail":{"smtp":"mail.example.gov.cn:587","directory":"out","from":"no-reply@example.gov.cn"}}""", "smtp")]
    [InlineData("""{"mail":{"smtp":"mail.example.gov.cn","from":"no-reply@example.gov.cn"}}""", "mail.smtp")]
    [InlineData("""{"mail":{"smtp":"mail.example.gov.cn:587","from":"nobody"}}""", "mail.from")]
    [InlineData("""{"mail":{"smtp":"mail.example.gov.cn:587","from":"a@example.gov.cn","user":"feedback"}}""", "passwordFile")]
    [InlineData("""{"mail":{"smtp":"mail.example.gov.cn:587","from":"a@example.gov.cn","recipients":{"li":"li"}}}""", "li")]
    public void What_will_not_do_is_told(string text, string names) => Assert.Contains(names, Refused(text), StringComparison.Ordinal);

    [Fact]
    public void What_stands_in_a_file_with_a_key_is_not_told()
    {
        var refused = Refused("""{"hooks":[{"name":"a","url":"https://a.example.org/","secretFile":"no-key"}]}""");

        Assert.Contains("no-key", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", refused, StringComparison.Ordinal);
    }

    private static string Hook(string url, string more = "") => $$"""{"hooks":[{"name":"a","url":"{{url}}","secretFile":"key"{{more}}}]}""";

    private NoticeChoices Read(string text)
    {
        File.WriteAllText(_folder["notices.json"], text);
        return NoticeChoices.Read(_folder["notices.json"]);
    }

    private string Refused(string text) => Assert.Throws<UsageException>(() => Read(text)).Message;
}
