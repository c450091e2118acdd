using Feedback.Grains.Notices;
using Feedback.Silo.Notices;
using Feedback.TestSupport;
using MimeKit;
using Xunit;

namespace Feedback.Api.Tests.Notices;

/// <summary>Mails leave this machine.</summary>
public sealed class MailCarrierTests
{
    private static readonly Letter Letter = new(
        "0123abcd", "li@example.gov.cn", "事项 2026-0001：期限临近 / Case 2026-0001: a deadline comes near", "事项 2026-0001：期限临近。\r\n.\r\nThe rest.\r\n", 1_772_500_000_000);

    [Fact]
    public async Task The_mail_server_gets_the_mail_as_it_was_written()
    {
        await using var sink = new MailSink();

        await Carrier(sink.Port).SendAsync(Letter, default);

        var (from, to, mail) = Assert.Single(sink.Taken);
        Assert.Equal(("no-reply@example.gov.cn", "li@example.gov.cn"), (from, to));
        AssertIsLetter(mail);
    }

    [Theory]
    [InlineData("550 5.1.1 <li@example.gov.cn>: no such user", true)]
    [InlineData("450 4.2.0 <li@example.gov.cn>: try later", false)]
    public async Task A_recipient_that_is_refused_for_ever_is_not_tried_again_and_not_named(string answer, bool isForGood)
    {
        await using var sink = new MailSink { Recipients = answer };

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => Carrier(sink.Port).SendAsync(Letter, default));

        Assert.Equal(isForGood, failure.IsForGood);
        Assert.DoesNotContain("li@", failure.Message, StringComparison.Ordinal);
        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task A_mail_server_elsewhere_that_does_not_encrypt_gets_nothing()
    {
        await using var sink = new MailSink();
        var elsewhere = Choices(sink.Port) with { IsHere = false };

        await Assert.ThrowsAsync<DeliveryException>(() => new SmtpCarrier(elsewhere).SendAsync(Letter, default));

        Assert.Empty(sink.Taken);
    }

    [Fact]
    public async Task A_mail_server_that_is_away_is_tried_later()
    {
        int port;
        await using (var sink = new MailSink())
            port = sink.Port;

        Assert.False((await Assert.ThrowsAsync<DeliveryException>(() => Carrier(port).SendAsync(Letter, default))).IsForGood);
    }

    [Fact]
    public async Task A_directory_gets_a_file_for_each_mail_and_the_same_mail_twice_is_one()
    {
        using var folder = new TemporaryFolder();
        var carrier = new MailFolder(Choices(0) with { Directory = folder.Path });

        await carrier.SendAsync(Letter, default);
        await carrier.SendAsync(Letter, default);

        AssertIsLetter(await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    private static void AssertIsLetter(MimeMessage mail)
    {
        Assert.Equal((Letter.Subject, "0123abcd@example.gov.cn", "auto-generated"), (mail.Subject, mail.MessageId, mail.Headers[HeaderId.AutoSubmitted]));
        Assert.Equal(("Feedback <no-reply@example.gov.cn>", "li@example.gov.cn"), (mail.From.ToString().Replace("\"", "", StringComparison.Ordinal), mail.To.ToString()));
        Assert.Equal(Letter.Text.ReplaceLineEndings("\n"), mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_772_500_000), mail.Date);
    }

    private static SmtpCarrier Carrier(int port) => new(Choices(port));

    private static MailChoices Choices(int port) => new(MailboxAddress.Parse("Feedback <no-reply@example.gov.cn>")) { Host = "127.0.0.1", Port = port, IsHere = true };
}
